// Writes the review API's description to docs/openapi.json.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail, root, run } from "./steps/step.mjs";

async function main() {
  await run("node_modules/.bin/tsc", ["-p", "tsconfig.node.json"]);
  const { openApiText } = await import("../dist/node/review/document.js");
  writeFileSync(join(root, "docs/openapi.json"), openApiText());
}

main().catch(fail);
