// Loads the engine in a page or a web worker: streams the one `.wasm` beside this file, once.
import init, { Engine } from "./countersign.js";

let instance;

/** See `browser.d.ts`. */
export async function loadEngine({ policy, rules, wasm } = {}) {
  instance ??= init(wasm === undefined ? undefined : { module_or_path: wasm });
  await instance;
  return new Engine(policy, rules);
}
