/**
 * How the databases find what the queue asks for: by an index, no further than the page is long, sorting a few pages at most.
 */
import { type RawBuilder, sql } from "kysely";
import { describe, expect, it } from "vitest";
import type { PostQuery } from "../../api/schema.js";
import { PostOrder as Orders } from "../../api/schema.js";
import * as derived from "../../store/migrations/derived.js";
import { queueKeys, queuePage } from "../../store/queue.js";
import type { Database } from "../../store/store.js";
import type { Queries } from "../../store/tables.js";
import { fill } from "../fill.mjs";
import type { Setting } from "./setting.js";

type Statement = RawBuilder<unknown>;

const NOW = new Date("2026-05-05T12:00:00.000Z");
const LIMIT = 50;

const FILTERS: PostQuery[] = [
  {},
  { state: "all" },
  { state: "held" },
  { state: "approved" },
  { state: "all", severity: "critical" },
  { state: "all", author: "agent7" },
  { state: "all", author: "user17" },
  { state: "all", rule: "rule/7" },
  { state: "all", category: "category3" },
  { claimed: "me" },
  { state: "all", claimed: "by:moderator3" },
  { claimed: "others" },
  { claimed: "nobody" },
  { state: "all", escalated: true },
  { escalated: false },
  { olderThan: 86_400_000 },
  { state: "all", q: "case77" },
  { state: "all", q: "usual steps" },
  { state: "all", q: "restart", author: "agent7", rule: "rule/7" },
];

/** The most rows a sort may be given: the few posts a rare word is in. */
const FEW = 2_001;

type Step = { id: number; parent: number; detail: string };

/**
 * What SQLite says of a query: `SCAN` is a walk over a table, `TEMP B-TREE` a sort. Sorted may be what streams yielded that a limit
 * cut short, and the candidates of a rare word, never what is read from a table.
 */
async function sqliteFaults(queries: Queries, statement: Statement): Promise<string[]> {
  const { rows } = await sql<Step>`explain query plan ${statement}`.execute(queries);
  const candidates = rows.some(({ detail }) => detail === "MATERIALIZE candidates");
  const steps = candidates ? rows.filter(({ parent }) => parent !== 0) : rows;
  const walks = steps.filter(({ detail }) => /^SCAN (posts|post_rules|searchable)\b/.test(detail));
  const reads = steps.filter(({ detail }) => /^S\w+ (posts|post_rules|searchable)\b/.test(detail));
  const sorts = steps.filter(({ detail, parent }) => detail.includes("TEMP B-TREE") && reads.some((read) => read.parent === parent));
  return [...walks, ...sorts].map(({ detail }) => detail);
}

type Plan = { "Node Type": string; "Relation Name"?: string; "Plan Rows": number; Plans?: Plan[] };

const within = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(within)];

/** What PostgreSQL says: no sequential scan, and no sort of more than streams cut short can yield. */
async function postgresFaults(queries: Queries, statement: Statement): Promise<string[]> {
  const { rows } = await sql<Record<string, [{ Plan: Plan }]>>`explain (format json) ${statement}`.execute(queries);
  const [{ Plan: plan }] = Object.values(rows[0] ?? {})[0] as [{ Plan: Plan }];
  const wrong = within(plan).filter((node) => {
    if (node["Node Type"] === "Seq Scan") return true;
    return node["Node Type"].includes("Sort") && node["Plan Rows"] > FEW;
  });
  return wrong.map((node) => `${node["Node Type"]} ${node["Relation Name"] ?? ""} ${node["Plan Rows"]}`);
}

/** A compiled query as a part of another. */
function inlined(text: string, parameters: readonly unknown[]): Statement {
  const parts = text
    .split(/\?|\$\d+/)
    .flatMap((part, index) => (index < parameters.length ? [sql.raw(part), sql.val(parameters[index])] : [sql.raw(part)]));
  return sql.join(parts, sql.raw(""));
}

const faultsOf = { sqlite: sqliteFaults, postgres: postgresFaults };

async function faults(database: Database, queries: Queries, query: PostQuery, cursor: string | undefined): Promise<string[]> {
  const keys = await queueKeys(queries, query, cursor, LIMIT, NOW, "moderator1");
  if (keys === null) return [];
  const { sql: text, parameters } = keys.compile();
  return faultsOf[database](queries, inlined(text, parameters));
}

async function ofFirstPages(database: Database, queries: Queries, query: PostQuery) {
  const { next } = await queuePage(queries, query, undefined, LIMIT, NOW, "moderator1");
  const second = next === null ? [] : await faults(database, queries, query, next);
  return { query, faults: [...(await faults(database, queries, query, undefined)), ...second] };
}

export function plans({ database, store }: Setting): void {
  describe("query plans", () => {
    it("walk no table and sort no more than a few pages, for every filter, order and place", async () => {
      const { db } = await store();
      await fill(db, { database, ...derived }, { held: 4_000, decided: 30_000 });
      const asked = FILTERS.flatMap((filter) => Orders.options.map((order) => ({ ...filter, order })));
      for (const query of asked) expect(await ofFirstPages(database, db, query)).toEqual({ query, faults: [] });
      // What tells good plans from bad ones must itself be seen to tell.
      for (const bad of ["select id from posts where title = 'x' limit 5", "select id from posts where state = 'approved' order by title"])
        expect(await faultsOf[database](db, sql.raw(bad))).not.toEqual([]);
    });
  });
}
