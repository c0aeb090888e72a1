// Loads the engine in Node: reads the one `.wasm` beside this file, once per process or worker.
import { readFileSync } from "node:fs";
import { Engine, initSync } from "./countersign.js";

let instance;

/** See `node.d.ts`. */
export async function loadEngine({ policy, rules } = {}) {
  if (instance === undefined) instance = initSync({ module: readFileSync(new URL("./countersign_bg.wasm", import.meta.url)) });
  return new Engine(policy, rules);
}
