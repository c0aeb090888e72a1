/**
 * The real gate with the scripted engine behind the built review page, and a store that tests may fill: for the sections that read
 * what happened and teach the gate.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import type { Gate, GateOptions } from "../../node/api/host.js";
import type { Moderator } from "../../node/api/schema.js";
import { createGate } from "../../node/gate/gate.js";
import { openSqlite } from "../../node/store/sqlite.js";
import type { Store } from "../../node/store/store.js";
import { engine, people } from "../../node/testing/gate.js";

/** A gate that is being looked at. */
export type LiveDesk = {
  /** The address of the review page. */
  url: string;
  gate: Gate;
  store: Store;
  /** Who is looking from the next request on. */
  as(who: "mira" | "lea" | "audra"): void;
  close(): Promise<void>;
};

/** Starts a gate on a free port of this machine. */
export async function startDesk(options: Partial<GateOptions> = {}): Promise<LiveDesk> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-"));
  const store = await openSqlite(join(folder, "gate.db"));
  let moderator = people.mira as Moderator;
  const gate = await createGate({
    engine,
    workers: 1,
    publish: () => undefined,
    authenticate: () => moderator,
    log: { log: () => undefined },
    ...options,
    store: { ...store, close: async () => undefined },
  });
  const { url, stop } = await listen(gate);
  return {
    url,
    gate,
    store,
    as: (who) => {
      moderator = people[who] as Moderator;
    },
    close: async () => {
      await stop();
      await gate.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listen(gate: Gate): Promise<{ url: string; stop: () => Promise<void> }> {
  return new Promise((ready) => {
    const server = serve({ fetch: gate.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => {
      const stop = () =>
        new Promise<void>((closed) => {
          server.close(() => closed());
          if ("closeAllConnections" in server) server.closeAllConnections();
        });
      ready({ url: `http://127.0.0.1:${port}/countersign/review/`, stop });
    });
  });
}
