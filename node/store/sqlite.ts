/**
 * The embedded store: one SQLite file, one owner. WAL with `synchronous=FULL`, so that a commit that returned survives a killed
 * process and a pulled plug; `locking_mode=EXCLUSIVE`, so that a second process is told instead of sharing half a truth.
 */
import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { CamelCasePlugin, Kysely, SqliteDialect } from "kysely";
import Libsql from "libsql";
import { migrate } from "./migrations.js";
import { type Store, StoreError } from "./store.js";
import type { Tables } from "./tables.js";

/** Milliseconds to wait for another owner to let go: a forum that is being restarted needs a moment. */
const BUSY_MS = 2_000;

/** KiB of the file kept in memory: the upper levels of the indices of a million posts. SQLite's own 2 MiB are too few for these. */
const CACHE_KIB = 65_536;

function unusable(file: string, cause?: unknown) {
  return new StoreError(
    `cannot write \`${file}\`: give this user read and write access to it and to its folder, or name another path as \`store\``,
    { cause },
  );
}

function prepareFolder(file: string) {
  const folder = dirname(file);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(existsSync(file) ? file : folder, constants.R_OK | constants.W_OK);
  } catch {
    throw unusable(file);
  }
  return folder;
}

/**
 * Lets go of the file. libsql keeps the connection until its statements are collected, and WAL under an exclusive lock cannot be
 * left but through another journal mode, so the lock is given back step by step; what fails here the end of the process undoes.
 */
function letGo(database: Libsql.Database) {
  try {
    database.pragma("journal_mode=DELETE");
    database.pragma("locking_mode=NORMAL");
    database.prepare("SELECT count(*) FROM sqlite_schema").all();
  } catch {
    // Another owner has it, or it cannot be written: there is nothing to give back.
  }
}

/** libsql names no code for a file it cannot open at all, such as a folder. */
function connect(file: string): Libsql.Database {
  try {
    return new Libsql(file);
  } catch (error) {
    throw unusable(file, error);
  }
}

function open(file: string, busyMs: number): Libsql.Database {
  const database = connect(file);
  try {
    // In this order: the timeout must stand before the first statement that takes a lock.
    database.pragma(`busy_timeout=${busyMs}`);
    database.pragma("locking_mode=EXCLUSIVE");
    database.pragma("journal_mode=WAL");
    database.pragma("synchronous=FULL");
    database.pragma(`cache_size=-${CACHE_KIB}`);
    // What is deleted is overwritten: a text that was erased must not be found in the file.
    database.pragma("secure_delete=ON");
    // Takes the exclusive lock now: a second owner must be told at start, not at its first post.
    database.exec("BEGIN IMMEDIATE; COMMIT");
    return database;
  } catch (error) {
    letGo(database);
    database.close();
    throw error;
  }
}

/** Runs `work` as one transaction: a process killed while tables are made leaves none of them half made. */
async function whole(database: Libsql.Database, work: () => Promise<void>) {
  database.exec("BEGIN IMMEDIATE");
  try {
    await work();
    database.exec("COMMIT");
  } catch (error) {
    if (database.inTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

const ADVICE: [RegExp, (file: string) => string][] = [
  [/^SQLITE_(BUSY|LOCKED)/, (file) => `another process owns \`${file}\`: stop that process, or give this one its own file as \`store\``],
  [
    /^SQLITE_(NOTADB|CORRUPT)/,
    (file) => `\`${file}\` is damaged or is no Countersign database: restore it from a backup, or move it away to start with an empty one`,
  ],
  [/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/, (file) => unusable(file).message],
  [/^SQLITE_(FULL|IOERR)/, (file) => `cannot write \`${file}\`: its disk is full or failing; make room, then start again`],
];

/** The same error in words that say what to do. */
function explain(error: unknown, file: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const advice = ADVICE.find(([pattern]) => pattern.test(code));
  return advice ? new StoreError(advice[1](file), { cause: error }) : error;
}

/**
 * Opens, and makes when it is not there, an embedded store.
 *
 * @param path the database file
 * @param busyMs milliseconds to wait for another owner
 * @throws StoreError when the file is owned by another process, cannot be written, or is no database
 * @example
 * const store = await openSqlite("/var/lib/forum/countersign.db");
 */
export async function openSqlite(path: string, busyMs = BUSY_MS): Promise<Store> {
  const file = resolve(path);
  const folder = prepareFolder(file);
  try {
    const database = open(file, busyMs);
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }), plugins: [new CamelCasePlugin()] });
    await whole(database, () => migrate(db));
    return {
      db,
      folder,
      scrub: async () => void database.pragma("wal_checkpoint(TRUNCATE)"),
      close: async () => {
        letGo(database);
        await db.destroy();
      },
    };
  } catch (error) {
    throw explain(error, file);
  }
}
