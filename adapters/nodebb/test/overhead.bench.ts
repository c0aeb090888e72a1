/**
 * What a person's ordinary reply costs in the hooks: `node_modules/.bin/vitest bench adapters`. Nothing is asserted; the figure to stay
 * under is 5 ms p99.
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bench, describe } from "vitest";
import * as express from "../../express/index.js";
import { createPlugin } from "../lib/plugin.js";
import type { PostData } from "../lib/types.js";
import { startForum } from "../stand-in/forum.js";

const PARAGRAPH =
  "The job reads the folder as its own user. I looked at the log from Tuesday on, and it fails at the same step each time.\n\n";
const folder = mkdtempSync(join(tmpdir(), "countersign-bench-"));

const plugin = await (async () => {
  const found: { library?: ReturnType<typeof createPlugin> } = {};
  const countersign = () => import("../../../node/index.js");
  await startForum(
    [{ uid: 3, username: "Dana" }],
    (core) => {
      found.library = createPlugin({ core, countersign, express: async () => express });
      return found.library;
    },
    { "countersign:folder": folder },
  );
  if (found.library === undefined) throw new Error("the plugin was not built");
  return found.library;
})();

let replies = 0;

/** All hooks of one reply, in NodeBB's order. */
async function reply(): Promise<void> {
  replies += 1;
  const content = `${PARAGRAPH.repeat(8)}${replies}`;
  const req = { headers: { "user-agent": "bench" } };
  const data: PostData = { uid: 3, tid: 1, content, req };
  await plugin.shouldQueue({ shouldQueue: false, uid: 3, data });
  await plugin.topicReply(data);
  await plugin.postCreate({ post: { pid: replies, uid: 3, tid: 1, content }, data });
}

describe("a person's reply of 1 KB through the hooks", () => {
  bench("reply", reply, { time: 5_000, warmupTime: 1_000 });
});
