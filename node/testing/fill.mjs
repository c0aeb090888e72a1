// @ts-check
/**
 * Fills a store with as many posts as a large forum has after years, made by the database itself: for the query plans and the bench.
 */
import { sql } from "kysely";

/** Words the texts are made of; what follows them makes rare and frequent ones. */
const PLACE = "'host' || (n % 997) || ' in rack' || (n % 89) || ' row' || (n % 7)";

/** @type {Record<"sqlite" | "postgres", { numbers: string, time: (seconds: string) => string, id: string, terms: (words: string) => string }>} */
const SYNTAX = {
  sqlite: {
    numbers: "(with recursive s (n) as (select FROM union all select n + 1 from s where n < UNTIL) select n from s) as s",
    time: (seconds) => `strftime('%Y-%m-%dT%H:%M:%S.000Z', ${seconds}, 'unixepoch')`,
    id: "printf('p%08d', n)",
    terms: (words) => `' ' || ${words} || ' '`,
  },
  postgres: {
    numbers: "generate_series(FROM, UNTIL) as s (n)",
    time: (seconds) => `to_char(to_timestamp(${seconds}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"')`,
    id: "'p' || lpad(n::text, 8, '0')",
    terms: (words) => `array_to_tsvector(array(select distinct unnest(string_to_array(${words}, ' '))))`,
  },
};

/** When the first post came, in seconds of the epoch, and how many seconds lie between two. */
const FIRST = 1_700_000_000;
const APART = 37;

const BODY = `'run the usual steps on ' || ${PLACE} || ' then restart service' || (n % 31) || ' case' || n`;

/** The columns of a post, from its number `n`. @param {"sqlite" | "postgres"} database @param {string} state */
function columns(database, state) {
  const { time, id } = SYNTAX[database];
  const agent = "n % 10 < 4";
  const author = `case when ${agent} then 'agent' || (n % 40) else 'user' || (n % 5003) end`;
  const submission = `'{"post":{"body":"' || ${BODY} || '","thread":"t' || (n % 20011) || '","author":{"id":"a"}},"thread":{"id":"t","posts":[]},"now":"2026-01-01T00:00:00Z"}'`;
  return {
    id,
    version: "2",
    state,
    action: `case when ${agent} then 'hold' else 'flag' end`,
    severity: "case when n % 100 = 0 then 4 when n % 10 = 0 then 3 when n % 3 = 0 then 2 else 1 end",
    title: "'opens a folder to everyone'",
    excerpt: "'chmod -R 777 /srv/' || n",
    author_id: author,
    author_handle: author,
    author_kind: `case when ${agent} then 'agent' else 'human' end`,
    agent: `case when ${agent} then 'agent' || (n % 40) end`,
    thread_id: "'t' || (n % 20011)",
    thread_title: "'Printer ' || (n % 613)",
    category: "'category' || (n % 30)",
    submitted_at: time(`${FIRST} + n * ${APART}`),
    decided_at: `case when ${state} in ('held', 'claimed') then null else ${time(`${FIRST} + n * ${APART} + 600`)} end`,
    claimed_by: `case when ${state} = 'held' then null else 'moderator' || (n % 25) end`,
    claimed_until: `case when ${state} = 'claimed' then '2099-01-01T00:00:00.000Z' end`,
    escalated_by: "case when n % 500 = 0 then 'moderator1' end",
    rules: "'[\"rule/' || (n % 211) || '\"]'",
    submission,
    notes: "'[]'",
    content_hash: "'sha256-' || n",
  };
}

const INDICES = {
  sqlite: "select name, sql from sqlite_schema where type = 'index' and tbl_name in ('posts', 'post_rules') and sql is not null",
  postgres:
    "select indexname as name, indexdef as sql from pg_indexes where tablename in ('posts', 'post_rules') and indexdef not like '%UNIQUE%'",
};

/**
 * An index is made faster from all rows than row by row. @param {import("kysely").Kysely<any>} queries @param {"sqlite" | "postgres"} database
 * @returns what makes them again
 */
async function dropIndices(queries, database) {
  /** @type {{ rows: { name: string, sql: string }[] }} */
  const { rows } = await sql
    .raw(INDICES[database])
    .execute(queries)
    .then((answer) => /** @type {any} */ (answer));
  for (const { name } of rows) await sql.raw(`drop index "${name}"`).execute(queries);
  return async () => {
    for (const { sql: statement } of rows) await sql.raw(statement).execute(queries);
  };
}

/**
 * Adds posts. They are counted afterwards, all at once.
 *
 * @param {import("kysely").Kysely<any>} db
 * @param {{ database: "sqlite" | "postgres", unwatch: (db: any) => Promise<void>, recount: (db: any) => Promise<void>, watch: (db: any) => Promise<void> }} store
 *   which database it is, and the functions of `store/migrations/derived`
 * @param {{ held: number, decided: number }} size
 */
export async function fill(db, { database, unwatch, recount, watch }, { held, decided }) {
  const { numbers, id, terms } = SYNTAX[database];
  const state = `case when n > ${decided} then (case when n % 50 = 0 then 'claimed' else 'held' end) when n % 5 = 0 then 'rejected' when n % 7 = 0 then 'flagged' else 'approved' end`;
  const made = columns(database, state);
  const from = numbers.replace("FROM", "1").replace("UNTIL", String(held + decided));
  const words = `lower(${BODY} || ' ' || ${made.author_id} || ' printer ' || (n % 613) || ' rule ' || (n % 211))`;
  await db.transaction().execute(async (queries) => {
    if (database === "postgres") await sql`set local statement_timeout = 0`.execute(queries);
    await unwatch(queries);
    const remake = await dropIndices(queries, database);
    await sql
      .raw(`insert into posts (${Object.keys(made).join(", ")}) select ${Object.values(made).join(", ")} from ${from}`)
      .execute(queries);
    await sql.raw(`insert into searchable (post_id, terms) select ${id}, ${terms(words)} from ${from}`).execute(queries);
    await recount(queries);
    await remake();
    await watch(queries);
  });
  await sql.raw("analyze").execute(db);
}
