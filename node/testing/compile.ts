/**
 * Compiles the server side before the tests: some of them start processes of their own, and those run what a user would run.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Called once by vitest. */
export default function compile(): void {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  execFileSync("node_modules/.bin/tsc", ["-p", "tsconfig.node.json"], { cwd: root, stdio: "inherit" });
}
