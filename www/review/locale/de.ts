// German. Its type is English's: a sentence that is missing is an error of the build.
import audit from "./de/audit.json";
import decide from "./de/decide.json";
import learning from "./de/learning.json";
import page from "./de/page.json";
import post from "./de/post.json";
import queue from "./de/queue.json";
import statistics from "./de/statistics.json";
import type { en } from "./en.js";

/** Every sentence, by name. */
export const de: Record<keyof typeof en, string> = { ...page, ...queue, ...post, ...decide, ...statistics, ...learning, ...audit };
