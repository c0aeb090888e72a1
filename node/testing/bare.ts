/**
 * A database without its tables, for tests of how these come to be.
 */
import { CamelCasePlugin, Kysely, PostgresDialect, SqliteDialect } from "kysely";
import Libsql from "libsql";
import pg from "pg";
import { isPostgres } from "../store/open.js";
import type { Tables } from "../store/tables.js";

/** Opens what `place` names, and migrates nothing. */
export function bare(place: string): Kysely<Tables> {
  const dialect = isPostgres(place)
    ? new PostgresDialect({ pool: new pg.Pool({ connectionString: place, max: 2 }) })
    : new SqliteDialect({ database: new Libsql(place) });
  return new Kysely<Tables>({ dialect, plugins: [new CamelCasePlugin()] });
}
