/**
 * What the database keeps by itself, by triggers, so that no room can forget it and no count needs a scan: how many posts stand
 * where, how many each author, category and rule has, and which rules found something in which post.
 *
 * `totals` counts posts by state, severity and whether they are escalated. `tallies` counts by `kind` and `value`: `author` (an
 * author or a registered agent), `category` and `rule` by the posts' state, `kept` an author's or agent's posts by the gate's action, `passed`
 * what was let through without a record. Statements are written once; the two databases differ in how a trigger holds them.
 */
import { type Kysely, sql } from "kysely";
import { databaseOf } from "../store.js";

const TABLES = [
  "create table totals (state TEXT not null, severity integer not null, escalated integer not null, count integer not null, primary key (state, severity, escalated))",
  "create table tallies (kind TEXT not null, value TEXT not null, state TEXT not null, count integer not null, primary key (kind, value, state))",
  "create index tallies_most on tallies (kind, state, count)",
  "create table post_rules (post_id TEXT not null, rule TEXT not null, state TEXT not null, severity integer not null, submitted_at TEXT not null, primary key (post_id, rule))",
];

/** One index for every filter: equal on the filter, the state and the severity, it yields posts in the order of their time. */
const INDICES = [
  "create index post_rules_queue on post_rules (rule, state, severity, submitted_at, post_id)",
  "create index posts_author_queue on posts (author_id, state, severity, submitted_at, id)",
  "create index posts_agent_queue on posts (agent, state, severity, submitted_at, id)",
  "create index posts_category_queue on posts (category, state, severity, submitted_at, id)",
  "create index posts_claimed_queue on posts (claimed_by, state, severity, submitted_at, id)",
  "create index posts_escalated_queue on posts (state, severity, submitted_at, id) where escalated_by is not null",
  "create index posts_text_kept on posts (decided_at) where erased_at is null",
];

const INTO_TOTALS = "insert into totals (state, severity, escalated, count)";
const ON_TOTALS = "on conflict (state, severity, escalated) do update set count = totals.count + excluded.count";
const INTO_TALLIES = "insert into tallies (kind, value, state, count)";
const ON_TALLIES = "on conflict (kind, value, state) do update set count = tallies.count + excluded.count";
const ESCALATED = "case when ROW.escalated_by is null then 0 else 1 end";

type Syntax = "sqlite" | "postgres";

/** The elements of a row's JSON array of rules, as a table `each` with a column `value`. */
const RULES = {
  sqlite: "json_each(ROW.rules) as each",
  postgres: "json_array_elements_text(ROW.rules::json) as each(value)",
};

/** Counts the post `row` up or down, its rules apart. */
function counting(row: "new" | "old", by: 1 | -1): string[] {
  return [
    `${INTO_TOTALS} values (ROW.state, ROW.severity, ${ESCALATED}, ${by}) ${ON_TOTALS}`,
    `${INTO_TALLIES} values ('author', ROW.author_id, ROW.state, ${by}), ('kept', ROW.author_id, ROW.action, ${by}) ${ON_TALLIES}`,
    `${INTO_TALLIES} select 'author', ROW.agent, ROW.state, ${by} where ROW.agent <> ROW.author_id ${ON_TALLIES}`,
    `${INTO_TALLIES} select 'kept', ROW.agent, ROW.action, ${by} where ROW.agent <> ROW.author_id ${ON_TALLIES}`,
    `${INTO_TALLIES} select 'category', ROW.category, ROW.state, ${by} where ROW.category is not null ${ON_TALLIES}`,
    `${INTO_TALLIES} select 'rule', rule, state, ${by} from post_rules where post_id = ROW.id ${ON_TALLIES}`,
  ].map((statement) => statement.replaceAll("ROW", row));
}

function comes(syntax: Syntax): string[] {
  const rules = `insert into post_rules select distinct ROW.id, each.value, ROW.state, ROW.severity, ROW.submitted_at from ${RULES[syntax]}`;
  return [rules.replaceAll("ROW", "new"), ...counting("new", 1)];
}

const goes = (): string[] => [...counting("old", -1), "delete from post_rules where post_id = old.id"];

/** The columns of a post that anything here follows from. */
const FOLLOWED = ["state", "severity", "escalated_by", "author_id", "agent", "category", "action", "submitted_at", "rules"];

const passed = (syntax: Syntax): string => {
  const author = syntax === "sqlite" ? "json_extract(new.detail, '$.author')" : "(new.detail::json ->> 'author')";
  const unrecorded = "not exists (select 1 from posts where id = new.post_id)";
  const let_ = `new.action in ('labelled', 'published') and ${author} is not null and ${unrecorded}`;
  return `${INTO_TALLIES} select 'passed', ${author}, 'published', 1 where ${let_} ${ON_TALLIES}`;
};

type Trigger = { name: string; table: string; event: string; when?: string; body: string[] };

function triggers(syntax: Syntax): Trigger[] {
  const differs = syntax === "sqlite" ? "is not" : "is distinct from";
  const changed = FOLLOWED.map((column) => `old.${column} ${differs} new.${column}`).join(" or ");
  return [
    { name: "posts_come", table: "posts", event: "insert", body: comes(syntax) },
    { name: "posts_go", table: "posts", event: "delete", body: goes() },
    { name: "posts_change", table: "posts", event: "update", when: changed, body: [...goes(), ...comes(syntax)] },
    { name: "audit_passed", table: "audit", event: "insert", body: [passed(syntax)] },
  ];
}

function made({ name, table, event, when, body }: Trigger, syntax: Syntax): string[] {
  const head = `create trigger ${name} after ${event} on ${table} for each row ${when === undefined ? "" : `when (${when})`}`;
  const statements = `${body.join("; ")};`;
  if (syntax === "sqlite") return [`${head} begin ${statements} end`];
  return [
    `create function ${name}() returns trigger language plpgsql as $$ begin ${statements} return null; end $$`,
    `${head} execute function ${name}()`,
  ];
}

/** Tells every process that listens that the log grew, when the transaction is committed and not before. */
const NOTIFY = [
  "create function audit_grew() returns trigger language plpgsql as $$ begin perform pg_notify('countersign', ''); return null; end $$",
  "create trigger audit_grew after insert on audit for each statement execute function audit_grew()",
];

async function run(db: Kysely<unknown>, statements: readonly string[]) {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Makes the tables, indices and triggers. */
export async function derive(db: Kysely<unknown>): Promise<void> {
  const syntax = databaseOf(db);
  const text = syntax === "sqlite" ? "text" : 'text collate "C"';
  await run(db, [...TABLES.map((table) => table.replaceAll("TEXT", text)), ...INDICES]);
  await watch(db);
  if (syntax === "postgres") await run(db, NOTIFY);
}

/** Lets the triggers keep what is derived. */
export async function watch(db: Kysely<unknown>): Promise<void> {
  const syntax = databaseOf(db);
  await run(
    db,
    triggers(syntax).flatMap((trigger) => made(trigger, syntax)),
  );
}

/** Takes the triggers away, to fill tables in bulk; {@link recount} and {@link watch} then have to follow. */
export async function unwatch(db: Kysely<unknown>): Promise<void> {
  const syntax = databaseOf(db);
  for (const { name, table } of triggers(syntax))
    await run(db, syntax === "sqlite" ? [`drop trigger ${name}`] : [`drop trigger ${name} on ${table}`, `drop function ${name}()`]);
}

/** Counts everything anew from the posts and the log. */
export async function recount(db: Kysely<unknown>): Promise<void> {
  const syntax = databaseOf(db);
  const author = syntax === "sqlite" ? "json_extract(detail, '$.author')" : "(detail::json ->> 'author')";
  const unrecorded = `action in ('labelled', 'published') and not exists (select 1 from posts where id = post_id) and ${author} is not null`;
  await run(db, [
    ...["totals", "tallies", "post_rules"].map((table) => `delete from ${table}`),
    `insert into post_rules select distinct posts.id, each.value, state, severity, submitted_at from posts, ${RULES[syntax].replace("ROW", "posts")}`,
    `${INTO_TOTALS} select state, severity, ${ESCALATED.replace("ROW.", "")}, count(*) from posts group by 1, 2, 3`,
    `${INTO_TALLIES} select 'author', author_id, state, count(*) from posts group by 2, 3`,
    `${INTO_TALLIES} select 'author', agent, state, count(*) from posts where agent <> author_id group by 2, 3 ${ON_TALLIES}`,
    `${INTO_TALLIES} select 'kept', author_id, action, count(*) from posts group by 2, 3`,
    `${INTO_TALLIES} select 'kept', agent, action, count(*) from posts where agent <> author_id group by 2, 3 ${ON_TALLIES}`,
    `${INTO_TALLIES} select 'category', category, state, count(*) from posts where category is not null group by 2, 3`,
    `${INTO_TALLIES} select 'rule', rule, state, count(*) from post_rules group by 2, 3`,
    `${INTO_TALLIES} select 'passed', ${author}, 'published', count(*) from audit where ${unrecorded} group by 2`,
  ]);
}
