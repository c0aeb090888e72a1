/**
 * How many posts stand where, read from what the database counts by itself: no answer here looks at the posts.
 */
import type { Counts, Facets, PostDetail, PostFilter, PostState } from "../api/schema.js";
import { PostState as States } from "../api/schema.js";
import type { Queries, TallyTable } from "./tables.js";

/** Severities by their number less one. */
const SEVERITIES = ["low", "medium", "high", "critical"] as const;

/** Values of a facet that are told: a list longer than this is searched, not read. */
const MOST = 50;

const OPEN: readonly PostState[] = ["held", "claimed"];

/** The states a filter stands for; `open` when there is none. */
export function statesOf(filter: PostFilter = "open"): readonly PostState[] {
  if (filter === "all") return States.options;
  return filter === "open" ? OPEN : [filter];
}

/** How many posts stand where. */
export async function counts(queries: Queries): Promise<Counts> {
  const rows = await queries.selectFrom("totals").selectAll().execute();
  const sum = (list: typeof rows) => list.reduce((total, { count }) => total + count, 0);
  const of = (...states: PostState[]) => rows.filter(({ state }) => states.includes(state));
  return {
    open: sum(of(...OPEN)),
    escalated: sum(of(...OPEN).filter(({ escalated }) => escalated === 1)),
    approved: sum(of("approved")),
    rejected: sum(of("rejected")),
    returned: sum(of("returned")),
    blocked: sum(of("blocked")),
    flagged: sum(of("flagged")),
  };
}

async function most(queries: Queries, kind: TallyTable["kind"], states: readonly PostState[]) {
  const rows = await queries
    .selectFrom("tallies")
    .select((select) => ["value", select.fn.sum<number>("count").as("count")])
    .where("kind", "=", kind)
    .where("state", "in", states)
    .where("count", ">", 0)
    .groupBy("value")
    .orderBy("count", "desc")
    .orderBy("value")
    .limit(MOST)
    .execute();
  return rows.map(({ value, count }) => ({ value, count: Number(count) }));
}

async function handles(queries: Queries, authors: { value: string; count: number }[]) {
  const named = authors.map(async ({ value, count }) => {
    const row = await queries.selectFrom("posts").select("authorHandle").where("authorId", "=", value).limit(1).executeTakeFirst();
    return { value, handle: row?.authorHandle ?? value, count };
  });
  return Promise.all(named);
}

/**
 * What the posts of a state can be narrowed to, with how many posts each value has.
 *
 * @param filter the states looked at; held and claimed when left out
 */
export async function facets(queries: Queries, filter?: PostFilter): Promise<Facets> {
  const states = statesOf(filter);
  const totals = await queries.selectFrom("totals").selectAll().where("state", "in", states).execute();
  const severe = SEVERITIES.map((value, index) => {
    const rows = totals.filter(({ severity }) => severity === index + 1);
    return { value, count: rows.reduce((sum, { count }) => sum + count, 0) };
  });
  return {
    severities: severe.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count),
    authors: await handles(queries, await most(queries, "author", states)),
    rules: await most(queries, "rule", states),
    categories: await most(queries, "category", states),
  };
}

/** How many posts have `value` in one of `states`. */
export async function tally(queries: Queries, kind: TallyTable["kind"], value: string, states: readonly string[]): Promise<number> {
  const row = await queries
    .selectFrom("tallies")
    .select((select) => select.fn.sum<number | null>("count").as("count"))
    .where("kind", "=", kind)
    .where("value", "=", value)
    .where("state", "in", states)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** How often the posts of an author, or of an agent under any account, were let through, held and rejected. */
export async function history(queries: Queries, author: string): Promise<PostDetail["history"]> {
  const recorded = await tally(queries, "author", author, ["approved", "flagged", "published"]);
  return {
    posted: recorded + (await tally(queries, "passed", author, ["published"])),
    held: await tally(queries, "kept", author, ["hold"]),
    rejected: await tally(queries, "author", author, ["rejected"]),
  };
}
