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

/** The most frequent values of a kind, each with the handle of an author of that id. */
async function most(queries: Queries, kind: TallyTable["kind"], states: readonly PostState[]) {
  const frequent = queries
    .selectFrom("tallies")
    .select((select) => ["value", select.fn.sum<number>("count").as("count")])
    .where("kind", "=", kind)
    .where("state", "in", states)
    .where("count", ">", 0)
    .groupBy("value")
    .orderBy("count", "desc")
    .orderBy("value")
    .limit(MOST);
  const rows = await queries
    .selectFrom(frequent.as("top"))
    .select((top) => [
      "top.value",
      "top.count",
      top.selectFrom("posts").select("authorHandle").whereRef("authorId", "=", "top.value").limit(1).as("handle"),
    ])
    .orderBy("top.count", "desc")
    .orderBy("top.value")
    .execute();
  return rows.map(({ value, count, handle }) => ({ value, count: Number(count), handle: handle ?? value }));
}

const plain = ({ value, count }: { value: string; count: number }) => ({ value, count });

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
    authors: await most(queries, "author", states),
    rules: (await most(queries, "rule", states)).map(plain),
    categories: (await most(queries, "category", states)).map(plain),
  };
}

/** How many posts are in one of `states`. */
export async function total(queries: Queries, states: readonly PostState[]): Promise<number> {
  const sum = queries.selectFrom("totals").select((select) => select.fn.sum<number | null>("count").as("count"));
  return Number((await sum.where("state", "in", states).executeTakeFirst())?.count ?? 0);
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
  const kinds = ["author", "kept", "passed"] as const;
  const rows = await queries.selectFrom("tallies").selectAll().where("value", "=", author).where("kind", "in", kinds).execute();
  const of = (kind: (typeof kinds)[number], ...states: string[]) =>
    rows.filter((row) => row.kind === kind && states.includes(row.state)).reduce((sum, { count }) => sum + count, 0);
  return {
    posted: of("author", "approved", "flagged", "published") + of("passed", "published"),
    held: of("kept", "hold"),
    rejected: of("author", "rejected"),
  };
}
