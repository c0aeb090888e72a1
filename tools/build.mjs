// `npm run build`: everything the package ships, incrementally.
import { buildEngine } from "./steps/engine.mjs";
import { install } from "./steps/install.mjs";
import { fail } from "./steps/step.mjs";
import { buildWeb } from "./steps/web.mjs";

export async function build() {
  await install();
  await buildEngine();
  await buildWeb();
}

if (import.meta.filename === process.argv[1]) await build().catch(fail);
