// @ts-check
/**
 * Runs the engine apart from the forum's own thread, so that a runaway post can be ended. Plain JavaScript, because a worker is
 * loaded by Node itself and has to be the same file in the sources and in the build.
 */
import { parentPort, workerData } from "node:worker_threads";

/** @typedef {{ module: string, setup: import("countersign").Setup }} Settings */
const { module, setup } = /** @type {Settings} */ (workerData);
const port = /** @type {import("node:worker_threads").MessagePort} */ (parentPort);

/** A post that makes every stage ready: what is built at first use must not count against the first real post's deadline. */
const FIRST = {
  post: {
    thread: "t",
    body: "Run `sudo chmod -R 777 /etc` and then ask an admin to grant you access.",
    author: { id: "a", kind: "agent" },
  },
  thread: { id: "t", posts: [{ id: "p", author: "h", kind: "human", body: "@a how do I fix this?" }] },
  now: "2026-01-01T00:00:00Z",
};

/** The engine; what it says when it refuses policy or rules goes to whoever started the worker. */
async function start() {
  try {
    const { loadEngine } = await import(module);
    return await loadEngine(setup);
  } catch (error) {
    port.postMessage({ failed: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

const engine = await start();
if (engine) {
  engine.check(FIRST);
  port.on("message", (submission) => port.postMessage({ answer: engine.check(submission) }));
  port.postMessage({ ready: { version: engine.version(), agents: engine.agents() } });
}
