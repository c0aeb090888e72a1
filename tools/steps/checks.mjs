// Everything that must hold before a change is good: format, lints, types, tests, in the order that fails fastest.
import { existsSync } from "node:fs";
import { run, step } from "./step.mjs";

const bin = (name) => `node_modules/.bin/${name}`;
const RUST = [
  "Cargo.toml",
  "Cargo.lock",
  "build.rs",
  "clippy.toml",
  "rustfmt.toml",
  "rust-toolchain.toml",
  "src",
  "rules",
  "tests",
  "benches",
  "docs/rules",
];
const CHROMIUM = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Format, lints and tests of the core; skipped when nothing they read has changed since they last passed. */
export async function checkCore() {
  await step("rust format", { inputs: RUST }, () => run("cargo", ["fmt", "--all", "--check"]));
  await step("rust lints", { inputs: RUST }, () => run("cargo", ["clippy", "--locked", "--all-targets", "--", "--deny", "warnings"]));
  await step("core tests", { inputs: RUST, outputs: ["tests/output/replay.jsonl"] }, () => run("cargo", ["test", "--locked"]));
}

/** Format, lints and types of everything that is not Rust. */
export async function checkScripts() {
  await step("script format and lints", {}, () => run(bin("biome"), ["ci", "--error-on-warnings"]));
  await step("server types", {}, () => run(bin("tsc"), ["-p", "tsconfig.json"]));
  await step("test types", {}, () => run(bin("tsc"), ["-p", "tests"]));
  await step("adapter types", {}, () => run(bin("tsc"), ["-p", "adapters"]));
  await step("example types", {}, () => run(bin("tsc"), ["-p", "examples"]));
  await step("page types", {}, () => run(bin("tsc"), ["-p", "tsconfig.www.json"]));
}

async function findChromium() {
  const found = CHROMIUM.find((path) => path && existsSync(path));
  if (found) return found;
  const { chromium } = await import("playwright-core");
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  await run(bin("playwright-core"), ["install", "chromium"]).catch(() => {
    throw new Error("no Chromium found: install one (on Debian `apt-get install chromium`) or name it in CHROMIUM_PATH");
  });
  return chromium.executablePath();
}

/** The tests of server, pages and client, those in a real browser among them. */
export async function testScripts() {
  const path = await findChromium();
  await step("server, page and browser tests", {}, () => run(bin("vitest"), ["run"], { env: { ...process.env, CHROMIUM_PATH: path } }));
}
