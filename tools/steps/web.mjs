// Compiles the server side and the adapters, and bundles the pages.
import { run, step } from "./step.mjs";

const bin = (name) => `node_modules/.bin/${name}`;

/** Compiles `node/` to `dist/node` and `adapters/` to `dist/adapters`, and bundles `www/` to `dist/www` and `dist/client`. */
export async function buildWeb() {
  await step(
    "server",
    {
      inputs: ["node", "tsconfig.json", "tsconfig.node.json", "package-lock.json", "dist/engine/countersign.d.ts"],
      outputs: ["dist/node/index.js"],
    },
    () => run(bin("tsc"), ["-p", "tsconfig.node.json"]),
  );
  await step(
    "adapters",
    { inputs: ["adapters", "dist/node/index.d.ts", "tsconfig.json", "package-lock.json"], outputs: ["dist/adapters/express/index.js"] },
    () => run(bin("tsc"), ["-p", "adapters/tsconfig.build.json"]),
  );
  await step(
    "pages",
    {
      inputs: ["www", "dist/engine", "tsconfig.json", "tsconfig.www.json", "vite.config.ts", "package-lock.json"],
      outputs: ["dist/www", "dist/client/index.d.ts"],
    },
    async () => {
      await run(bin("vite"), ["build", "--logLevel", "warn"]);
      await run(bin("tsc"), ["-p", "www/client"]);
    },
  );
}
