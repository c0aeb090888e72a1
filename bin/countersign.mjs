#!/usr/bin/env node
// The command `countersign`: hands over to the compiled CLI, or says how to compile it.
import { existsSync } from "node:fs";

const built = ["../dist/node/cli/main.js", "../dist/engine/node.js"].map((path) => new URL(path, import.meta.url));
if (!built.every((file) => existsSync(file))) {
  console.error("countersign is not built yet: run `npm run build` in its folder, then try again");
  process.exit(2);
}
await import(built[0].href);
