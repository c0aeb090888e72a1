/**
 * Compiles the server side and the adapters before the tests: some of them start processes of their own, and those run what a user would run.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Called once by vitest. */
export default function compile(): void {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  for (const project of ["tsconfig.node.json", "adapters/tsconfig.build.json"])
    execFileSync("node_modules/.bin/tsc", ["-p", project], { cwd: root, stdio: "inherit" });
}
