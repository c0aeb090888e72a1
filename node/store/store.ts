/**
 * Where everything acknowledged is kept. Rooms write their queries with kysely, so a second database is a second way to open a
 * store and nothing else.
 */
import type { Kysely } from "kysely";
import type { Tables } from "./tables.js";

/** An opened store. */
export type Store = {
  db: Kysely<Tables>;
  /** The folder the store keeps its signing key in; null when it has none (the key must then be injected). */
  folder: string | null;
  /** Lets go of the database, so that another process may own it. */
  close(): Promise<void>;
};

/** A store that cannot be used; the message says what to do. */
export class StoreError extends Error {
  override name = "StoreError";
}
