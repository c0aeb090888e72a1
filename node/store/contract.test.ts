/**
 * One contract, two databases: whatever holds for the embedded store holds for the shared one.
 */
import { describe, onTestFinished } from "vitest";
import { gateContract } from "../testing/contract/gate.js";
import { plans } from "../testing/contract/plans.js";
import { queue } from "../testing/contract/queue.js";
import { retention } from "../testing/contract/retention.js";
import type { Setting } from "../testing/contract/setting.js";
import { totals } from "../testing/contract/totals.js";
import { transactions } from "../testing/contract/transactions.js";
import { openGate } from "../testing/gate.js";
import { DATABASES, freshPlace, ownKey, sharedCluster, testStore } from "../testing/stores.js";

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
  queue(setting);
  plans(setting);
  totals(setting);
  gateContract(setting);
  retention(setting);
});
