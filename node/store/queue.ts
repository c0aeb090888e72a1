/**
 * The moderators' queue as a query: what it is narrowed to, in which order, from which place on. Nothing else builds it.
 *
 * A claim that has ended counts as none, here as everywhere: such a post is held, and nobody's.
 */
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import { ProblemError } from "../api/problems.js";
import type { Counts, Facets, PostQuery, PostState } from "../api/schema.js";
import { PostState as States } from "../api/schema.js";
import type { PostRow, Queries, Tables } from "./tables.js";

/** One page: its records, and the cursor of the page after it. */
export type QueuePage = { rows: PostRow[]; next: string | null };

type Where = ExpressionBuilder<Tables, "posts">;

const SEVERITIES = ["low", "medium", "high", "critical"] as const;
const OPEN: PostState[] = ["held", "claimed"];

/** The most values of one kind that are offered to filter by. */
const MOST_FACETS = 50;

/** Whether somebody is looking at a post at `now`, RFC 3339. */
const claimed = (where: Where, now: string) => where.and([where("state", "=", "claimed"), where("claimedUntil", ">", now)]);

/** Whether nobody is: `not claimed` would be neither true nor false of a claim that names no end. */
const unclaimed = (where: Where, now: string) =>
  where.or([where("state", "!=", "claimed"), where("claimedUntil", "is", null), where("claimedUntil", "<=", now)]);

function inState(where: Where, state: PostQuery["state"], now: string): Expression<SqlBool> {
  if (state === "all") return where("state", "in", States.options);
  if (state === "claimed") return claimed(where, now);
  if (state === "held") return where.and([where("state", "in", OPEN), unclaimed(where, now)]);
  return where("state", "in", state === undefined || state === "open" ? OPEN : [state]);
}

function claimedBy(where: Where, who: string, now: string, me: string | null): Expression<SqlBool> {
  if (who === "nobody") return unclaimed(where, now);
  if (who === "others") return where.and([claimed(where, now), where("claimedBy", "!=", me ?? "")]);
  return where.and([claimed(where, now), where("claimedBy", "=", who === "me" ? (me ?? "") : who.slice("by:".length))]);
}

const escaped = (word: string) => `%${word.toLowerCase().replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;

/** Whether every word of `q` stands somewhere in what a moderator reads of a post. */
function saying(where: Where, q: string): Expression<SqlBool> {
  const columns = ["submission", "title", "authorHandle", "threadTitle", "rules"] as const;
  const words = q.split(/\s+/u).filter((word) => word !== "");
  const like = (column: (typeof columns)[number], word: string) =>
    sql<SqlBool>`lower(coalesce(${sql.ref(column)}, '')) like ${escaped(word)} escape '\\'`;
  return where.and(words.map((word) => where.or(columns.map((column) => like(column, word)))));
}

function narrowed(where: Where, query: PostQuery, now: Date, me: string | null): Expression<SqlBool> {
  const at = now.toISOString();
  const { severity, author, rule, category, olderThan, q, escalated } = query;
  const all = [inState(where, query.state, at)];
  if (severity !== undefined) all.push(where("severity", ">=", SEVERITIES.indexOf(severity) + 1));
  if (author !== undefined) all.push(where.or([where("authorId", "=", author), where("agent", "=", author)]));
  if (category !== undefined) all.push(where("category", "=", category));
  if (query.claimed !== undefined) all.push(claimedBy(where, query.claimed, at, me));
  if (escalated !== undefined) all.push(where("escalatedBy", escalated ? "is not" : "is", null));
  if (olderThan !== undefined) all.push(where("submittedAt", "<=", new Date(now.getTime() - olderThan).toISOString()));
  if (rule !== undefined) {
    const found = where.selectFrom("postRules").select("postId").where("postRules.rule", "=", rule);
    all.push(where("id", "in", found));
  }
  if (q !== undefined) all.push(saying(where, q));
  return where.and(all);
}

type Place = [severity: number, submittedAt: string, id: string];

const encode = ({ severity, submittedAt, id }: PostRow) => Buffer.from(JSON.stringify([severity, submittedAt, id])).toString("base64url");

function decode(cursor: string): Place {
  try {
    const place = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(place) && typeof place[0] === "number" && typeof place[1] === "string" && typeof place[2] === "string")
      return place as Place;
  } catch {
    // Falls through to the refusal.
  }
  throw new ProblemError("malformed-request", "`cursor` is not one this list handed out: start again without it");
}

/** What comes after a place: by time and id, and before that, for `critical`, by severity. */
function after(where: Where, order: PostQuery["order"], [severity, submittedAt, id]: Place): Expression<SqlBool> {
  const side = order === "newest" ? "<" : ">";
  const later = where.or([
    where("submittedAt", side, submittedAt),
    where.and([where("submittedAt", "=", submittedAt), where("id", side, id)]),
  ]);
  if (order === "oldest" || order === "newest") return later;
  return where.or([where("severity", "<", severity), where.and([where("severity", "=", severity), later])]);
}

/**
 * One page of the queue.
 *
 * @param cursor the `next` of the page before; from the start when left out
 * @param limit how many posts at most
 * @param moderatorId who asks, for `claimed: "me"` and `"others"`
 * @throws ProblemError `malformed-request` when the cursor is none
 */
export async function queuePage(
  queries: Queries,
  query: PostQuery,
  cursor: string | undefined,
  limit: number,
  now: Date,
  moderatorId: string | null,
): Promise<QueuePage> {
  const { order = "critical" } = query;
  const direction = order === "newest" ? "desc" : "asc";
  let select = queries
    .selectFrom("posts")
    .selectAll()
    .where((where) => narrowed(where, query, now, moderatorId));
  if (cursor !== undefined) select = select.where((where) => after(where, order, decode(cursor)));
  if (order === "critical") select = select.orderBy("severity", "desc");
  const found = await select
    .orderBy("submittedAt", direction)
    .orderBy("id", direction)
    .limit(limit + 1)
    .execute();
  const last = found.length > limit ? found[limit - 1] : undefined;
  return { rows: found.slice(0, limit), next: last ? encode(last) : null };
}

const count = (value: string | number | bigint) => Number(value);

/** How many posts stand where. */
export async function counts(queries: Queries): Promise<Counts> {
  const states = await queries
    .selectFrom("posts")
    .select((select) => ["state" as const, select.fn.countAll().as("count")])
    .groupBy("state")
    .execute();
  const escalated = await queries
    .selectFrom("posts")
    .select((select) => select.fn.countAll().as("count"))
    .where("state", "in", OPEN)
    .where("escalatedBy", "is not", null)
    .executeTakeFirstOrThrow();
  const of = (...named: PostState[]) => states.filter(({ state }) => named.includes(state)).reduce((sum, row) => sum + count(row.count), 0);
  return {
    open: of(...OPEN),
    escalated: count(escalated.count),
    approved: of("approved"),
    rejected: of("rejected"),
    returned: of("returned"),
    blocked: of("blocked"),
    flagged: of("flagged"),
  };
}

/**
 * What the posts that `query` leaves can be filtered by.
 *
 * @param moderatorId who asks
 */
export async function facets(queries: Queries, query: PostQuery, now: Date, moderatorId: string | null): Promise<Facets> {
  const fitting = () => queries.selectFrom("posts").where((where) => narrowed(where, query, now, moderatorId));
  const severities = await fitting()
    .select((select) => ["severity", select.fn.countAll().as("count")])
    .groupBy("severity")
    .orderBy("severity", "desc")
    .execute();
  const authors = await fitting()
    .select((select) => ["authorId as value", select.fn.max("authorHandle").as("handle"), select.fn.countAll().as("count")])
    .groupBy("authorId")
    .orderBy("count", "desc")
    .orderBy("authorId")
    .limit(MOST_FACETS)
    .execute();
  const rules = await queries
    .selectFrom("postRules")
    .select((select) => ["rule as value", select.fn.countAll().as("count")])
    .where("postId", "in", fitting().select("id"))
    .groupBy("rule")
    .orderBy("count", "desc")
    .orderBy("rule")
    .limit(MOST_FACETS)
    .execute();
  const categories = await fitting()
    .select((select) => ["category as value", select.fn.countAll().as("count")])
    .where("category", "is not", null)
    .groupBy("category")
    .orderBy("count", "desc")
    .orderBy("category")
    .limit(MOST_FACETS)
    .execute();
  const named = severities.flatMap((row) => {
    const value = SEVERITIES[row.severity - 1];
    return value === undefined ? [] : [{ value, count: count(row.count) }];
  });
  return {
    severities: named,
    authors: authors.map((row) => ({ ...row, count: count(row.count) })),
    rules: rules.map((row) => ({ ...row, count: count(row.count) })),
    categories: categories.map(({ value, ...row }) => ({ value: value ?? "", count: count(row.count) })),
  };
}
