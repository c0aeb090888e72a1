/**
 * Where everything acknowledged is kept. Rooms write their queries with kysely and run what must hold together in a transaction;
 * transactions run one after another, in every process that shares the store. So a second database is a second way to open a store
 * and nothing else.
 */
import { type Kysely, PostgresAdapter } from "kysely";
import type { Queries, Tables } from "./tables.js";

/** An opened store. */
export type Store = {
  db: Kysely<Tables>;
  /** The folder the store keeps its signing key in; null when it has none (the key must then be injected). */
  folder: string | null;
  /**
   * Calls `ring` after every commit by which the audit log grew, whichever process made it. Absent when the store has one owner,
   * who knows of its own commits.
   */
  listen?(ring: () => void): void;
  /** Makes what was deleted unreadable in the database's own files, as far as the database can. */
  scrub(): Promise<void>;
  /** Lets go of the database, so that another process may own it. */
  close(): Promise<void>;
};

/** A store that cannot be used; the message says what to do. */
export class StoreError extends Error {
  override name = "StoreError";
}

/** The databases a store can be. */
export type Database = "sqlite" | "postgres";

/** Which database `queries` run on: for the few statements that have no common form. */
export function databaseOf(queries: Queries | Kysely<unknown>): Database {
  return queries.getExecutor().adapter instanceof PostgresAdapter ? "postgres" : "sqlite";
}
