// Prints the µs from nothing to the first verdict on the submission on standard input: compile, instantiate, load the rules, judge.
import { readFileSync } from "node:fs";
import { Engine, initSync } from "../dist/engine/countersign.js";

const post = JSON.parse(readFileSync(0, "utf8"));
const from = performance.now();
initSync({ module: readFileSync(new URL("../dist/engine/countersign_bg.wasm", import.meta.url)) });
new Engine().check(post);
console.log((performance.now() - from) * 1000);
