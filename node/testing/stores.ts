/**
 * The same tests over both databases: where each makes new, empty stores.
 */
import { join } from "node:path";
import { exportJWK, generateKeyPair } from "jose";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import type { GateOptions } from "../api/host.js";
import { openStore } from "../store/open.js";
import type { Database, Store } from "../store/store.js";
import { folder } from "./gate.js";
import { type Cluster, startCluster } from "./postgres.mjs";

/** Milliseconds a cluster may take to start on a machine that does other things as well. */
const START_MS = 60_000;

/** The databases, for `describe.each`. */
export const DATABASES: readonly Database[] = ["sqlite", "postgres"];

/** A cluster for a whole file, started before its tests and stopped after them. */
export function sharedCluster(): () => Cluster {
  let cluster: Cluster | undefined;
  beforeAll(async () => {
    cluster = await startCluster();
  }, START_MS);
  afterAll(() => cluster?.stop(), START_MS);
  return () => {
    if (cluster === undefined) throw new Error("the cluster runs only while tests do");
    return cluster;
  };
}

/** What `GateOptions.store` takes for a new, empty database. */
export async function freshPlace(database: Database, cluster: () => Cluster): Promise<string> {
  return database === "sqlite" ? join(folder(), "gate.db") : cluster().database();
}

/** A store of this test's own, closed after it. */
export async function testStore(database: Database, cluster: () => Cluster): Promise<Store> {
  const store = await openStore(await freshPlace(database, cluster));
  onTestFinished(() => store.close());
  return store;
}

/** What a gate needs where the store cannot keep its key. */
export async function ownKey(): Promise<Pick<GateOptions, "signingKey">> {
  const { privateKey } = await generateKeyPair("Ed25519", { extractable: true });
  return { signingKey: await exportJWK(privateKey) };
}
