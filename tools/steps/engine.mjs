// Makes the engine: one `.wasm`, its glue, the Node (ESM and CJS) and browser loaders and the types.
import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, run, step } from "./step.mjs";

const SOURCES = ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml", "build.rs", "src", "rules"];
const OUT = "dist/engine";
const path = (...parts) => join(root, ...parts);

async function optimise(file) {
  // The features rustc's wasm target emits; naming them keeps the optimiser from using others.
  const features = ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"];
  const output = `${file}.opt`;
  await run(process.execPath, [
    path("node_modules/binaryen/bin/wasm-opt"),
    file,
    "-O3",
    ...features.map((name) => `--enable-${name}`),
    "-o",
    output,
  ]);
  renameSync(output, file);
}

async function commonJs() {
  const { rolldown } = await import("rolldown");
  const bundle = await rolldown({ input: path(OUT, "node.js"), platform: "node" });
  await bundle.write({ file: path(OUT, "node.cjs"), format: "cjs" });
  await bundle.close();
}

function loaders() {
  for (const name of ["node.js", "node.d.ts", "browser.js", "browser.d.ts"]) copyFileSync(path("tools/loaders", name), path(OUT, name));
  writeFileSync(path(OUT, "node.d.cts"), readFileSync(path("tools/loaders/node.d.ts"), "utf8"));
}

/** Compiles the core and writes `dist/engine`. */
export async function buildEngine() {
  await step("binding generator", { inputs: ["tools/bindgen", "Cargo.lock"], outputs: ["target/debug/countersign-bindgen"] }, () =>
    run("cargo", ["build", "--locked", "-p", "countersign-bindgen"]),
  );
  await step(
    "engine",
    { inputs: [...SOURCES, "tools/loaders", "tools/steps/engine.mjs"], outputs: [`${OUT}/countersign_bg.wasm`, `${OUT}/node.cjs`] },
    async () => {
      await run("cargo", ["build", "--locked", "--release", "--lib", "--target", "wasm32-unknown-unknown"]);
      mkdirSync(path(OUT), { recursive: true });
      await run(path("target/debug/countersign-bindgen"), [path("target/wasm32-unknown-unknown/release/countersign.wasm"), path(OUT)]);
      await optimise(path(OUT, "countersign_bg.wasm"));
      loaders();
      await commonJs();
    },
  );
}
