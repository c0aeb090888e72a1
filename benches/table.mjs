// Lays the measurements out as a Markdown table.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";

const START = "<!-- bench: written by `npm run bench -- --write` -->";
const END = "<!-- /bench -->";
const NONE = "–";

const short = (value) => value.toFixed(value < 1 ? 2 : value < 10 ? 1 : 0);
const time = (value) => (value < 1000 ? `${short(value)} µs` : `${short(value / 1000)} ms`);

/** A time and how often the engine's fits into it. */
function beside(value, own) {
  if (value === undefined) return NONE;
  return `${time(value)} (${short(value / own)} ×)`;
}

/** One line for a time that all four have: `of` takes it from a measurement. */
function times(name, budget, { engine, native, regExp, re2 }, of) {
  const others = [native, regExp, re2].map((result) => beside(result && of(result), of(engine)));
  return [name, time(of(engine)), ...others, budget];
}

/** The table, with a line on what it was measured on. */
export function table(results, posts, rules) {
  const { engine, regExp, re2 } = results;
  const rows = [
    ["", "WebAssembly in Node", "native", "RegExp loop", "re2 loop", "budget"],
    ["---", "--:", "--:", "--:", "--:", "--:"],
    times("1 KB post, p50", "20 µs", results, ({ p50 }) => p50),
    times("1 KB post, p99", "100 µs", results, ({ p99 }) => p99),
    times("1 MB of posts", "50 ms", results, ({ large }) => large[0]),
    times("1 MB of commands", "50 ms", results, ({ large }) => large[1]),
    times("cold start to first verdict", "10 ms", results, ({ cold }) => cold),
    ["memory after 20,000 posts", `${(engine.memory / 2 ** 20).toFixed(1)} MB`, NONE, NONE, NONE, "8 MB"],
    ["`.wasm`, brotli", `${(engine.brotli / 1024).toFixed(0)} KB`, NONE, NONE, NONE, "350 KB"],
  ];
  const lines = rows.map((cells) => `| ${cells.join(" | ")} |`);
  const [cpu] = cpus();
  const loops = [`RegExp ${regExp.compiled}`, re2 ? `re2 ${re2.compiled}` : "re2 was not installed"].join(", ");
  const note = `${posts} posts, ${rules} rules as expressions (compiled: ${loops}). Node ${process.version}, ${cpus().length} × ${cpu?.model ?? "unknown"}. (n ×): against WebAssembly.`;
  return `${lines.join("\n")}\n\n${note}`;
}

/** Puts `text` between the marks in the file at `path`. */
export function writeInto(path, text) {
  const document = readFileSync(path, "utf8");
  const [before, rest] = document.split(START);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`\`${path}\` has no place for the table: put \`${START}\` and \`${END}\` where it belongs`);
  writeFileSync(path, `${before}${START}\n\n${text}\n\n${END}${after}`);
}
