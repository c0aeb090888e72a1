// English: the list of every sentence there is. A section of the page brings its own file and adds it here and to every other language.
import audit from "./en/audit.json";
import decide from "./en/decide.json";
import learning from "./en/learning.json";
import page from "./en/page.json";
import post from "./en/post.json";
import queue from "./en/queue.json";
import statistics from "./en/statistics.json";

/** Every sentence, by name. */
export const en = { ...page, ...queue, ...post, ...decide, ...statistics, ...learning, ...audit };
