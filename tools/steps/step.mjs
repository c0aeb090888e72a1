// Runs one named step of the build with progress shown, and skips it when nothing it reads has changed since it last passed.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const stamps = join(root, ".countersign", "stamps");
const IGNORED = new Set(["node_modules", "target", "dist", ".git", ".countersign", "output"]);

/** Every file under `path`, in order; `path` itself when it is a file. */
function files(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full, { withFileTypes: true })
    .filter((entry) => !IGNORED.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => files(join(path, entry.name)));
}

/** One hash over the names and contents of all `inputs`. */
export function fingerprint(inputs) {
  const hash = createHash("sha256");
  for (const file of inputs.flatMap(files))
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(join(root, file)))
      .update("\0");
  return hash.digest("hex");
}

const seconds = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

/** Runs a command in the repository, its output shown; rejects when it fails or is not there. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"], ...options });
    child.on("error", (error) => reject(new Error(error.code === "ENOENT" ? `\`${command}\` is not installed` : error.message)));
    child.on("close", (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`\`${[command, ...args].join(" ")}\` ended with ${signal ?? code}`)),
    );
  });
}

/**
 * Runs `work` unless `inputs` are as they were when it last passed and every one of `outputs` is there.
 *
 * A step without `inputs` always runs.
 */
export async function step(name, { inputs, outputs = [] }, work) {
  const stamp = join(stamps, name.replaceAll(/[^a-z0-9]+/gi, "-"));
  const now = inputs && fingerprint(inputs);
  const fresh = now && existsSync(stamp) && readFileSync(stamp, "utf8") === now && outputs.every((path) => existsSync(join(root, path)));
  if (fresh) return console.log(`✓ ${name} (up to date)`);
  const started = performance.now();
  console.log(`→ ${name}`);
  await work();
  if (now) {
    mkdirSync(stamps, { recursive: true });
    writeFileSync(stamp, now);
  }
  console.log(`✓ ${name} (${seconds(started)})`);
}

/** Ends the process with a message that says what to do instead of a stack trace. */
export function fail(error) {
  console.error(`\n✗ ${error.message}`);
  process.exit(1);
}
