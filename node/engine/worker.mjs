// @ts-check
/**
 * Runs the engine apart from the forum's own thread, so that a runaway post can be ended. Plain JavaScript, because a worker is
 * loaded by Node itself and has to be the same file in the sources and in the build.
 */
import { parentPort, workerData } from "node:worker_threads";

/** @typedef {{ module: string, policy?: string }} Settings */
const { module, policy } = /** @type {Settings} */ (workerData);
const port = /** @type {import("node:worker_threads").MessagePort} */ (parentPort);

async function start() {
  const { loadEngine } = await import(module);
  return loadEngine(policy);
}

try {
  const engine = await start();
  port.on("message", (submission) => port.postMessage({ answer: engine.check(submission) }));
  port.postMessage({ ready: engine.version() });
} catch (error) {
  port.postMessage({ failed: error instanceof Error ? error.message : String(error) });
}
