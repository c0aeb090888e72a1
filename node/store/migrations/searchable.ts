/**
 * The index of the posts' words, one row a post. Words are cut by `store/terms.ts`, alike for both databases, which are only to find
 * them again: SQLite by FTS5 over a table kept beside it, PostgreSQL by a GIN index over a `tsvector`.
 */
import { type Kysely, sql } from "kysely";
import { databaseOf } from "../store.js";

const REMOVE = "insert into search_index (search_index, rowid, terms) values ('delete', old.doc, old.terms)";
const ADD = "insert into search_index (rowid, terms) values (new.doc, new.terms)";

const SQLITE = [
  "create table searchable (doc integer primary key, post_id text not null unique, terms text not null)",
  // The cutter leaves ASCII letters and digits and whatever lies beyond ASCII: `ascii` takes exactly these for words.
  "create virtual table search_index using fts5 (terms, content='searchable', content_rowid='doc', tokenize='ascii', detail='none')",
  // What is taken out is overwritten at once instead of marked: it must not be found in the file.
  "insert into search_index (search_index, rank) values ('secure-delete', 1)",
  `create trigger searchable_come after insert on searchable begin ${ADD}; end`,
  `create trigger searchable_go after delete on searchable begin ${REMOVE}; end`,
  `create trigger searchable_change after update on searchable begin ${REMOVE}; ${ADD}; end`,
];

const POSTGRES = [
  'create table searchable (post_id text collate "C" primary key, terms tsvector not null)',
  "create index searchable_terms on searchable using gin (terms)",
];

/** Makes the index. */
export async function makeSearchable(db: Kysely<unknown>): Promise<void> {
  for (const statement of databaseOf(db) === "sqlite" ? SQLITE : POSTGRES) await sql.raw(statement).execute(db);
}
