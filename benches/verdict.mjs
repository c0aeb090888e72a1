// `npm run bench`: what a verdict costs in Node, from the built engine. Timings are read, never asserted: machines differ.
import { readFileSync, statSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

const ROUNDS = 40;
const KILOBYTE = 1024;
const wasm = new URL("../dist/engine/countersign_bg.wasm", import.meta.url);

const started = performance.now();
const { loadEngine } = await import("../dist/engine/node.js");
const engine = await loadEngine();
const loaded = performance.now();

const recorded = readFileSync(new URL("../tests/output/replay.jsonl", import.meta.url), "utf8")
  .trimEnd()
  .split("\n");
const submissions = recorded.map((line) => JSON.parse(line).submission).filter(({ post }) => post.body.length <= 4 * KILOBYTE);
const filler = "The worker reads the queue, writes the report and closes the file. Nothing here is unusual for a Monday. ";

/** The submission with its text brought to about a kilobyte, as a forum post would be. */
function toKilobyte(submission) {
  const missing = Math.max(0, KILOBYTE - submission.post.body.length);
  const body = `${filler.repeat(Math.ceil(missing / filler.length)).slice(0, missing)}\n\n${submission.post.body}`;
  return { ...submission, post: { ...submission.post, body } };
}

const posts = submissions.map(toKilobyte);
engine.check(posts[0]);
const first = performance.now();
for (const post of posts) engine.check(post);

const times = [];
for (let round = 0; round < ROUNDS; round += 1) {
  for (const post of posts) {
    const from = performance.now();
    engine.check(post);
    times.push((performance.now() - from) * 1000);
  }
}
times.sort((a, b) => a - b);
const quantile = (part) => `${times[Math.floor(times.length * part)].toFixed(0)} µs`;

const large = { ...posts[0], post: { ...posts[0].post, body: `${filler} run \`ls -la\`\n\n`.repeat(8000).slice(0, KILOBYTE * KILOBYTE) } };
const before = performance.now();
engine.check(large);
const megabyte = performance.now() - before;

console.table({
  "load the engine": `${(loaded - started).toFixed(1)} ms`,
  "first verdict": `${(first - loaded).toFixed(1)} ms`,
  "verdict of a 1 KB post, p50": quantile(0.5),
  "verdict of a 1 KB post, p99": quantile(0.99),
  "verdict of a 1 MB post": `${megabyte.toFixed(0)} ms`,
  ".wasm": `${(statSync(wasm).size / KILOBYTE).toFixed(0)} KB`,
  ".wasm, brotli": `${(brotliCompressSync(readFileSync(wasm)).length / KILOBYTE).toFixed(0)} KB`,
});
