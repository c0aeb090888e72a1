// English: the list of every sentence there is. A section of the page brings its own file and adds it here and to every other language.
import decide from "./en/decide.json";
import page from "./en/page.json";
import post from "./en/post.json";
import queue from "./en/queue.json";

/** Every sentence, by name. */
export const en = { ...page, ...queue, ...post, ...decide };
