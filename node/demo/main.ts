/**
 * `npm start`: the demo forum on this machine.
 */
import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { StoreError } from "../index.js";
import { listen, portFrom } from "./port.js";
import { createDemo } from "./server.js";

const DATA_DIR = resolve(process.env.COUNTERSIGN_DEMO_DIR ?? ".countersign/demo");

function banner(address: string, token: string): string {
  return `
  Countersign demo forum

    ${address}

  Data      ${DATA_DIR} (start with --fresh to empty it)
  Agent API POST ${address}/api/threads/:id/posts with "Authorization: Bearer ${token}"
            or signed (docs/agents.md), with --policy FILE that registers the agent's keys
  Stop      Ctrl+C
`;
}

function stopOn(signals: NodeJS.Signals[], stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of signals) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void stop().then(() => process.exit(0));
    });
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { fresh: { type: "boolean", default: false }, policy: { type: "string" } } });
  const wanted = portFrom(process.env.PORT);
  if (values.fresh) rmSync(DATA_DIR, { recursive: true, force: true });
  const demo = await createDemo({ dataDir: DATA_DIR, ...(values.policy === undefined ? {} : { gate: { policyFile: values.policy } }) });
  const { server, port, note } = await listen(demo.fetch, wanted).catch(async (cause: unknown) => {
    await demo.close();
    throw cause;
  });
  if (note) console.log(note);
  console.log(banner(`http://localhost:${port}`, demo.agentToken));
  stopOn(["SIGINT", "SIGTERM"], async () => {
    server.close();
    if ("closeAllConnections" in server) server.closeAllConnections();
    await demo.close();
  });
}

await main().catch((cause: unknown) => {
  const elsewhere = cause instanceof StoreError ? "; or set COUNTERSIGN_DEMO_DIR to another folder" : "";
  console.error(cause instanceof Error ? `countersign demo: ${cause.message}${elsewhere}` : cause);
  process.exitCode = 1;
});
