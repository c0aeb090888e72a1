// @ts-nocheck: it runs the build, whose declarations may not be there yet when the sources are checked.
/**
 * A forum process to be killed: submits posts to the gate on the database it is given, and prints the id of each hold once the
 * gate has acknowledged it. With `once` it only opens the gate, so that a test can see what a second owner is told.
 */
import { createGate } from "countersign/gate";

const [, , store = "", mode = ""] = process.argv;
const engine = { module: new URL("./engine.mjs", import.meta.url).href };

try {
  const gate = await createGate({ store, engine, workers: 1, publish: () => undefined, authenticate: () => null });
  for (let number = 0; mode !== "once"; number++) {
    const author = { id: "helper", kind: "agent" };
    const { postId } = await gate.submit({ post: { body: `chmod -R 777 /srv/${number}`, thread: `t${number}`, author } });
    process.stdout.write(`${postId}\n`);
  }
  await gate.close();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 3;
}
