/**
 * One contract, two databases: whatever holds for the embedded store holds for the shared one.
 */
import { describe, onTestFinished } from "vitest";
import { openGate } from "../testing/gate.js";
import { DATABASES, freshPlace, ownKey, sharedCluster, testStore } from "../testing/stores.js";
import { gateContract } from "./contract/gate.js";
import type { Setting } from "./contract/setting.js";
import { transactions } from "./contract/transactions.js";

const cluster = sharedCluster();

describe.each(DATABASES)("%s", (database) => {
  const setting: Setting = {
    database,
    store: () => testStore(database, cluster),
    gate: async (options = {}) => {
      const test = await openGate(await freshPlace(database, cluster), { ...(await ownKey()), ...options });
      onTestFinished(() => test.gate.close());
      return test;
    },
  };
  transactions(setting);
  gateContract(setting);
});
