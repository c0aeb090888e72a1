// `npm run bench [-- --write]`: what a verdict costs, from the built engine in Node, native, and beside regular expressions over the
// same rules, all in one run. `--write` puts the table into `docs/performance.md`. Times are read, never asserted: machines differ.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fail, root, run } from "../tools/steps/step.mjs";
import { measureEngine } from "./engine.mjs";
import { measureLoop, re2 } from "./loop.mjs";
import { table, writeInto } from "./table.mjs";

const OUTPUT = "tests/output/bench";
const DOCUMENT = "docs/performance.md";

const json = (name) => JSON.parse(readFileSync(join(root, OUTPUT, name), "utf8"));
const submissions = (name) =>
  readFileSync(join(root, OUTPUT, name), "utf8")
    .trimEnd()
    .split("\n")
    .map(JSON.parse);

async function bench() {
  if (!existsSync(join(root, "dist/engine/countersign.js"))) throw new Error("there is no engine to measure: run `npm run build` first");
  await run("cargo", ["bench", "--quiet", "--locked", "--bench", "native", "--", OUTPUT]);
  const [posts, large, expressions] = [submissions("posts.jsonl"), submissions("large.jsonl"), json("expressions.json")];
  const RE2 = re2();
  const results = {
    engine: await measureEngine(posts, large),
    native: json("native.json"),
    regExp: measureLoop(RegExp, expressions, posts, large),
    re2: RE2 && measureLoop(RE2, expressions, posts, large),
  };
  const text = table(results, posts.length, expressions.length);
  console.log(text);
  if (process.argv.includes("--write")) writeInto(join(root, DOCUMENT), text);
}

await bench().catch(fail);
