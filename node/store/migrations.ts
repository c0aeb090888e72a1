/**
 * How the database came to look as it does. Released migrations never change; a new one is appended.
 */
import { type CreateTableBuilder, type Kysely, type Migration, Migrator, sql } from "kysely";
import { backfill } from "./migrations/backfill.js";
import { derive } from "./migrations/derived.js";
import { makeSearchable } from "./migrations/searchable.js";
import { databaseOf } from "./store.js";
import type { Tables } from "./tables.js";

/** Text that compares byte by byte in both databases, so that both list in the same order. */
const text = (db: Kysely<unknown>) => (databaseOf(db) === "sqlite" ? "text" : sql`text collate "C"`);

/** Adds `names` as texts that may be null; `key` and those in `filled` may not. */
function withTexts<T extends string>(
  db: Kysely<unknown>,
  table: CreateTableBuilder<T>,
  filled: readonly string[],
  optional: readonly string[] = [],
) {
  let wider = table as CreateTableBuilder<string, string>;
  for (const name of filled) wider = wider.addColumn(name, text(db), (c) => (name === "id" ? c.primaryKey() : c.notNull()));
  for (const name of optional) wider = wider.addColumn(name, text(db));
  return wider;
}

const first: Migration = {
  async up(db) {
    await posts(db);
    await grants(db);
    await audit(db);
    await outbox(db);
  },
};

async function posts(db: Kysely<unknown>) {
  const early = ["id", "state", "action", "title", "excerpt", "authorId", "authorHandle", "authorKind", "threadId", "submittedAt"];
  const late = ["rules", "submission", "notes", "contentHash"];
  const optional = [
    "onBehalfOf",
    "operator",
    "asker",
    "owner",
    "threadTitle",
    "claimedBy",
    "verdict",
    "undecided",
    "revises",
    "decision",
    "receipt",
  ];
  const table = db.schema
    .createTable("posts")
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("severity", "integer", (c) => c.notNull());
  await withTexts(db, table, [...early, ...late], optional).execute();
  await db.schema.createIndex("postsQueue").on("posts").columns(["state", "severity", "submittedAt", "id"]).execute();
  await db.schema.createIndex("postsOwner").on("posts").columns(["owner", "state"]).execute();
  await db.schema.createIndex("postsAuthor").on("posts").columns(["authorId", "threadId", "contentHash"]).execute();
}

async function grants(db: Kysely<unknown>) {
  const table = db.schema.createTable("grants").addColumn("usesLeft", "integer", (c) => c.notNull());
  const filled = ["id", "agent", "by", "thread", "action", "notBefore", "expires"];
  await withTexts(db, table, filled, ["onBehalfOf", "contentHash", "revokedAt"]).execute();
}

async function audit(db: Kysely<unknown>) {
  const table = db.schema.createTable("audit").addColumn("seq", "integer", (c) => c.primaryKey());
  await withTexts(db, table, ["at", "actor", "action", "detail", "previous", "hash"], ["postId"]).execute();
  await db.schema.createIndex("auditPost").on("audit").columns(["postId", "seq"]).execute();
  await db.schema.createIndex("auditActor").on("audit").columns(["actor", "action"]).execute();
}

async function outbox(db: Kysely<unknown>) {
  const sqlite = databaseOf(db) === "sqlite";
  const table = db.schema
    .createTable("outbox")
    .addColumn("id", sqlite ? "integer" : "serial", (c) => (sqlite ? c.primaryKey().autoIncrement() : c.primaryKey()))
    .addColumn("attempts", "integer", (c) => c.notNull());
  await withTexts(db, table, ["postId", "payload", "nextAt"], ["doneAt"]).execute();
  await db.schema.createIndex("outboxDue").on("outbox").columns(["doneAt", "nextAt"]).execute();
}

const passes: Migration = {
  async up(db) {
    await withTexts(db, db.schema.createTable("passes"), ["agent", "at"]).execute();
    await db.schema.createIndex("passesAgent").on("passes").columns(["agent", "at"]).execute();
  },
};

const nonces: Migration = {
  async up(db) {
    await withTexts(db, db.schema.createTable("nonces"), ["id", "keyid", "until"]).execute();
    await db.schema.createIndex("noncesUntil").on("nonces").column("until").execute();
    await db.schema.createIndex("noncesKey").on("nonces").column("keyid").execute();
  },
};

/** Adds a table of texts; names that end in `?` may be null. */
async function textTable(db: Kysely<unknown>, name: string, columns: readonly string[], key: readonly string[]) {
  let table = db.schema.createTable(name);
  for (const column of columns)
    table = column.endsWith("?") ? table.addColumn(column.slice(0, -1), text(db)) : table.addColumn(column, text(db), (c) => c.notNull());
  await table.addPrimaryKeyConstraint(`${name}Key`, key as never[]).execute();
}

const desk: Migration = {
  async up(db) {
    for (const name of ["agent", "category", "decidedAt", "claimedUntil", "escalatedBy", "escalation", "undo", "erasedAt"])
      await db.schema.alterTable("posts").addColumn(name, text(db)).execute();
    await db.schema
      .alterTable("outbox")
      .addColumn("kind", text(db), (c) => c.notNull().defaultTo("publish"))
      .execute();
    await textTable(db, "views", ["moderator", "name", "query", "at"], ["moderator", "name"]);
    await textTable(db, "exposures", ["postId", "reader", "seenAt", "acknowledgedAt?"], ["postId", "reader"]);
    await textTable(db, "sessions", ["id", "moderator", "until", "ends"], ["id"]);
    await textTable(db, "signIns", ["id", "checks", "until"], ["id"]);
    await textTable(db, "links", ["id", "moderator", "until"], ["id"]);
    const allowance = ["id", "rule?", "fingerprint?", "scope", "reason", "by", "at", "expires", "postId?", "revokedAt?"];
    await textTable(db, "allowances", allowance, ["id"]);
    await textTable(db, "answers", ["id", "request", "body", "until"], ["id"]);
    await db.schema
      .alterTable("answers")
      .addColumn("status", "integer", (c) => c.notNull().defaultTo(200))
      .execute();
    await textTable(db, "versions", ["postId", "contentHash", "submission", "replacedAt"], ["postId", "contentHash", "replacedAt"]);
    await db.schema
      .alterTable("versions")
      .addColumn("version", "integer", (c) => c.notNull().defaultTo(1))
      .execute();
    await derive(db);
    await makeSearchable(db);
    await backfill(db);
  },
};

/** What statistics read: posts by the time they were judged and decided, exposures by theirs, and what was counted of past days. */
const statistics: Migration = {
  async up(db) {
    await db.schema.alterTable("posts").addColumn("writtenAt", text(db)).execute();
    const judged = ["submittedAt", "id", "action", "agent", "writtenAt"];
    await db.schema.createIndex("postsJudged").on("posts").columns(judged).execute();
    await db.schema.createIndex("postsDecided").on("posts").columns(["decidedAt", "id", "state", "agent", "submittedAt"]).execute();
    await db.schema.createIndex("postsHash").on("posts").column("contentHash").execute();
    await db.schema.createIndex("exposuresSeen").on("exposures").columns(["seenAt", "postId", "reader"]).execute();
    await textTable(db, "daily", ["day", "figures"], ["day"]);
  },
};

/** Every migration, by the name a database remembers it under. */
export const MIGRATIONS: Record<string, Migration> = {
  "0001-first": first,
  "0002-passes": passes,
  "0003-nonces": nonces,
  "0004-desk": desk,
  "0005-statistics": statistics,
};

/**
 * Brings a database forward to the present shape, one process at a time.
 *
 * @param to the name of the migration to stop after; the last one when left out
 */
export async function migrate(db: Kysely<Tables>, to?: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const { error } = to === undefined ? await migrator.migrateToLatest() : await migrator.migrateTo(to);
  if (error) throw error;
}
