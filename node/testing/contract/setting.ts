/**
 * What every part of the contract is given: which database it is about, and how to get a store or a gate on it.
 */
import type { GateOptions } from "../../api/host.js";
import type { Database, Store } from "../../store/store.js";
import type { TestGate } from "../gate.js";

/** How a part of the contract gets at a database. */
export type Setting = {
  database: Database;
  /** A new store, closed after the test. */
  store(): Promise<Store>;
  /** A gate on a new store, closed after the test. */
  gate(options?: Partial<GateOptions>): Promise<TestGate>;
};
