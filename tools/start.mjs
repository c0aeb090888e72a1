// `npm start`: builds what is missing and opens the demo forum with the gate in front of it.
import { build } from "./build.mjs";
import { fail, run } from "./steps/step.mjs";

await build().catch(fail);
// Ctrl-C reaches the forum too; it shuts down by itself and this process waits for it.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
await run(process.execPath, ["dist/node/demo/main.js", ...process.argv.slice(2)], { stdio: "inherit" }).catch(fail);
