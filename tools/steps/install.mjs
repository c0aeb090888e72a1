// Brings in what the build needs on a machine that has only Node and rustup.
import { spawnSync } from "node:child_process";
import { run, step } from "./step.mjs";

const TARGET = "wasm32-unknown-unknown";

function requireRust() {
  if (spawnSync("cargo", ["--version"]).status !== 0)
    throw new Error("cargo is not installed: install Rust from https://rustup.rs, then run this again");
}

async function addTarget() {
  const installed = spawnSync("rustup", ["target", "list", "--installed"], { encoding: "utf8" }).stdout ?? "";
  if (!installed.split("\n").includes(TARGET)) await run("rustup", ["target", "add", TARGET]);
}

/** Installs the npm packages of the lock file and the WebAssembly target of the Rust toolchain. */
export async function install() {
  requireRust();
  await step("npm packages", { inputs: ["package-lock.json", "package.json"], outputs: ["node_modules/.package-lock.json"] }, () =>
    run("npm", ["ci", "--no-audit", "--no-fund"]),
  );
  await step("rust target", { inputs: ["rust-toolchain.toml"] }, addTarget);
}
