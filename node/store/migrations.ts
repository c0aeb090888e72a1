/**
 * How the database came to look as it does. Released migrations never change; a new one is appended.
 */
import { type Kysely, type Migration, Migrator } from "kysely";
import type { Tables } from "./tables.js";

const first: Migration = {
  async up(db) {
    await posts(db);
    await grants(db);
    await audit(db);
    await outbox(db);
  },
};

async function posts(db: Kysely<unknown>) {
  const text = ["id", "state", "action", "title", "excerpt", "authorId", "authorHandle", "authorKind", "threadId", "submittedAt"];
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
  let table = db.schema
    .createTable("posts")
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("severity", "integer", (c) => c.notNull());
  for (const name of [...text, ...late]) table = table.addColumn(name, "text", (c) => (name === "id" ? c.primaryKey() : c.notNull()));
  for (const name of optional) table = table.addColumn(name, "text");
  await table.execute();
  await db.schema.createIndex("postsQueue").on("posts").columns(["state", "severity", "submittedAt", "id"]).execute();
  await db.schema.createIndex("postsOwner").on("posts").columns(["owner", "state"]).execute();
  await db.schema.createIndex("postsAuthor").on("posts").columns(["authorId", "threadId", "contentHash"]).execute();
}

async function grants(db: Kysely<unknown>) {
  let table = db.schema.createTable("grants").addColumn("usesLeft", "integer", (c) => c.notNull());
  for (const name of ["id", "agent", "by", "thread", "action", "notBefore", "expires"])
    table = table.addColumn(name, "text", (c) => (name === "id" ? c.primaryKey() : c.notNull()));
  for (const name of ["onBehalfOf", "contentHash", "revokedAt"]) table = table.addColumn(name, "text");
  await table.execute();
}

async function audit(db: Kysely<unknown>) {
  let table = db.schema
    .createTable("audit")
    .addColumn("seq", "integer", (c) => c.primaryKey())
    .addColumn("postId", "text");
  for (const name of ["at", "actor", "action", "detail", "previous", "hash"]) table = table.addColumn(name, "text", (c) => c.notNull());
  await table.execute();
  await db.schema.createIndex("auditPost").on("audit").columns(["postId", "seq"]).execute();
  await db.schema.createIndex("auditActor").on("audit").columns(["actor", "action"]).execute();
}

async function outbox(db: Kysely<unknown>) {
  await db.schema
    .createTable("outbox")
    .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
    .addColumn("postId", "text", (c) => c.notNull())
    .addColumn("payload", "text", (c) => c.notNull())
    .addColumn("attempts", "integer", (c) => c.notNull())
    .addColumn("nextAt", "text", (c) => c.notNull())
    .addColumn("doneAt", "text")
    .execute();
  await db.schema.createIndex("outboxDue").on("outbox").columns(["doneAt", "nextAt"]).execute();
}

const passes: Migration = {
  async up(db) {
    const table = db.schema.createTable("passes").addColumn("agent", "text", (c) => c.notNull());
    await table.addColumn("at", "text", (c) => c.notNull()).execute();
    await db.schema.createIndex("passesAgent").on("passes").columns(["agent", "at"]).execute();
  },
};

const nonces: Migration = {
  async up(db) {
    await db.schema
      .createTable("nonces")
      .addColumn("id", "text", (c) => c.primaryKey())
      .addColumn("keyid", "text", (c) => c.notNull())
      .addColumn("until", "text", (c) => c.notNull())
      .execute();
    await db.schema.createIndex("noncesUntil").on("nonces").column("until").execute();
    await db.schema.createIndex("noncesKey").on("nonces").column("keyid").execute();
  },
};

/** Adds a table of texts; names that end in `?` may be null. */
async function textTable(db: Kysely<unknown>, name: string, columns: readonly string[], key: readonly string[]) {
  let table = db.schema.createTable(name);
  for (const column of columns)
    table = column.endsWith("?") ? table.addColumn(column.slice(0, -1), "text") : table.addColumn(column, "text", (c) => c.notNull());
  await table.addPrimaryKeyConstraint(`${name}Key`, key as never[]).execute();
}

const desk: Migration = {
  async up(db) {
    for (const name of ["agent", "category", "decidedAt", "claimedUntil", "escalatedBy", "undo", "erasedAt"])
      await db.schema.alterTable("posts").addColumn(name, "text").execute();
    await db.schema
      .alterTable("outbox")
      .addColumn("kind", "text", (c) => c.notNull().defaultTo("publish"))
      .execute();
    await textTable(db, "postRules", ["postId", "rule"], ["rule", "postId"]);
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
  },
};

const MIGRATIONS: Record<string, Migration> = { "0001-first": first, "0002-passes": passes, "0003-nonces": nonces, "0004-desk": desk };

/** Brings a database forward to the present shape. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
