// Measures the built engine in Node.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { root } from "../tools/steps/step.mjs";
import { quantile, spread } from "./times.mjs";

const COLD_STARTS = 9;
const POSTS = 20_000;

/** The median time of an engine's start in a fresh process, up to its first verdict. */
function cold(post) {
  const start = () => spawnSync(process.execPath, [join(root, "benches/cold.mjs")], { input: JSON.stringify(post), encoding: "utf8" });
  return quantile(
    Array.from({ length: COLD_STARTS }, () => Number(start().stdout)),
    0.5,
  );
}

/** Times in µs, sizes in bytes. */
export async function measureEngine(posts, large) {
  const wasm = readFileSync(join(root, "dist/engine/countersign_bg.wasm"));
  const { Engine, initSync } = await import("../dist/engine/countersign.js");
  const { memory } = initSync({ module: wasm });
  const engine = new Engine();
  for (let index = 0; index < POSTS; index += 1) engine.check(posts[index % posts.length]);
  const bytes = memory.buffer.byteLength;
  return {
    ...spread((post) => engine.check(post), posts, large),
    cold: cold(posts[0]),
    memory: bytes,
    brotli: brotliCompressSync(wasm).length,
  };
}
