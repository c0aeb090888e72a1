// `npm test`: everything, the browser included.
import { checkCore, checkScripts, testScripts } from "./steps/checks.mjs";
import { buildEngine } from "./steps/engine.mjs";
import { install } from "./steps/install.mjs";
import { fail } from "./steps/step.mjs";
import { buildWeb } from "./steps/web.mjs";

async function test() {
  await install();
  await checkCore();
  await buildEngine();
  await checkScripts();
  await buildWeb();
  await testScripts();
}

await test().catch(fail);
