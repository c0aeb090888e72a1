/**
 * Opens the store a host names, whichever database it is.
 */
import { openPostgres } from "./postgres.js";
import { openSqlite } from "./sqlite.js";
import type { Store } from "./store.js";

/** Where a gate keeps its records when the host does not say. */
const DEFAULT_STORE = ".countersign/gate.db";

/** Whether `store` is an address of PostgreSQL rather than a path. */
export const isPostgres = (store: string): boolean => /^postgres(ql)?:/i.test(store);

/**
 * Opens the store `store` names: a `postgres://` URL, or a path of an SQLite file. One that is open already is given back.
 *
 * @throws StoreError when it cannot be used
 */
export async function openStore(store: Store | string = DEFAULT_STORE): Promise<Store> {
  if (typeof store !== "string") return store;
  return isPostgres(store) ? openPostgres(store) : openSqlite(store);
}
