// Runs a Rust test that keeps a committed record and lets it write that record anew: `node tools/accept.mjs TEST`.
import { fail, run } from "./steps/step.mjs";

await run("cargo", ["test", "--quiet", "--test", process.argv[2]], { env: { ...process.env, COUNTERSIGN_ACCEPT: "1" } }).catch(fail);
