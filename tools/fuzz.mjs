// `npm run fuzz [-- TARGET SECONDS]`: runs one fuzz target, or each in turn, from a corpus made of the project's own cases.
// Needs a nightly Rust and `cargo install cargo-fuzz`; inputs that fail are left in `fuzz/artifacts`.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail, root, run } from "./steps/step.mjs";

const SECONDS = 60;
const LARGEST = 16 * 1024;
/** An input that takes longer than this is reported; half a second is the most that is seen when all is well. */
const SECONDS_AN_INPUT = 20;
const FENCE = /^(`{3,})([^\n`]*)\n([\s\S]*?)\n\1$/gm;

const read = (path) => readFileSync(join(root, path), "utf8");
const texts = (folder, ending) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith(ending))
    .map((name) => read(join(folder, name)));

/** The code of every fence in `text`, below a line with its language. */
const fences = (text) => [...text.matchAll(FENCE)].map(([, , language, code]) => `${language}\n${code}`);

/** What each target starts from. */
function seeds() {
  const replay = read("tests/output/replay.jsonl").trimEnd().split("\n").map(JSON.parse);
  const posts = replay.map(({ submission }) => submission.post);
  const format = { markdown: "\0", html: "\x01", plain: "\x02" };
  return {
    check: posts.map((post) => format[post.format ?? "markdown"] + post.body),
    fence: [...posts.map((post) => post.body), ...texts("docs/rules", ".md")].flatMap(fences),
    grow: posts.map((post) => post.body),
    wire: replay.map(({ submission }) => JSON.stringify(submission)),
    policy: [read("src/policy/default.toml"), ...replay.map(({ policy }) => policy)],
    rules: texts("rules", ".toml"),
  };
}

function plant() {
  for (const [target, inputs] of Object.entries(seeds())) {
    const folder = join(root, "fuzz/corpus", target);
    mkdirSync(folder, { recursive: true });
    for (const input of new Set(inputs.filter((text) => text.length <= LARGEST)))
      writeFileSync(join(folder, createHash("sha1").update(input).digest("hex")), input);
  }
}

/** The core forbids unsafe code, so the address sanitizer would only slow the search down. */
const fuzz = (target, seconds) =>
  run(
    "cargo",
    [
      ...["+nightly", "fuzz", "run", "--sanitizer", "none", target, "--"],
      ...[`-max_total_time=${seconds}`, `-timeout=${SECONDS_AN_INPUT}`, `-max_len=${LARGEST}`, "-print_final_stats=1"],
    ],
    { cwd: join(root, "fuzz") },
  );

async function main([only, seconds = SECONDS]) {
  if (!existsSync(join(root, "tests/output/replay.jsonl"))) await run("cargo", ["test", "--test", "cases"]);
  plant();
  const targets = readdirSync(join(root, "fuzz/fuzz_targets")).map((name) => name.replace(".rs", ""));
  if (only && !targets.includes(only)) throw new Error(`there is no target \`${only}\`: choose one of ${targets.join(", ")}`);
  for (const target of only ? [only] : targets) await fuzz(target, seconds);
}

await main(process.argv.slice(2)).catch(fail);
