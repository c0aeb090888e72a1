/**
 * The queue: every filter and order of `PostQuery`, a page at a time, without ever walking or sorting all posts.
 *
 * The indices hold posts by a filter's value, state and severity, and within these by time. So a page is merged from a few streams,
 * one for each state and severity that has posts (the totals know), each read in order from its index and no further than the page is
 * long. Of several filters the rarest leads; the others are asked of each post it yields.
 */
import { type ExpressionBuilder, type RawBuilder, type SelectQueryBuilder, sql } from "kysely";
import { ProblemError } from "../api/problems.js";
import type { PostOrder, PostQuery, PostState } from "../api/schema.js";
import { type Found, match } from "./search.js";
import type { PostRow, Queries, Tables } from "./tables.js";
import { statesOf, tally, total } from "./totals.js";

const SEVERITIES = ["low", "medium", "high", "critical"] as const;

/** One page; `next` is the cursor of the page after it. */
export type QueuePage = { rows: PostRow[]; next: string | null };

/** What a post is listed by. */
type Key = { id: string; severity: number; submittedAt: string };

type Place = { order: PostOrder; severity: number; submittedAt: string; id: string };

/** Everything a stream has to know of what is asked. */
type Asked = { query: PostQuery; order: PostOrder; after: Place | undefined; limit: number; now: Date; me: string; found: Found };

type Posts = ExpressionBuilder<Tables, "posts">;

const ORDERS: PostOrder[] = ["critical", "oldest", "newest"];

function encode(order: PostOrder, { severity, submittedAt, id }: Key): string {
  return Buffer.from(JSON.stringify([ORDERS.indexOf(order), severity, submittedAt, id])).toString("base64url");
}

function decode(cursor: string, order: PostOrder): Place {
  try {
    const [which, severity, submittedAt, id] = JSON.parse(Buffer.from(cursor, "base64url").toString());
    const whole = typeof severity === "number" && typeof submittedAt === "string" && typeof id === "string";
    if (whole && ORDERS[which] === order) return { order, severity, submittedAt, id };
  } catch {
    // Falls through to the refusal.
  }
  throw new ProblemError("malformed-request", "`cursor` is not one this list handed out: start again without it");
}

/** Whether a claim lasts: one that has run out holds nothing. */
const lasts = (posts: Posts, { now }: Asked) =>
  posts.and([
    posts("claimedBy", "is not", null),
    posts.or([posts("claimedUntil", "is", null), posts("claimedUntil", ">", now.toISOString())]),
  ]);

const ended = (posts: Posts, { now }: Asked) => posts.or([posts("claimedBy", "is", null), posts("claimedUntil", "<=", now.toISOString())]);

function claimedBy(posts: Posts, claimed: NonNullable<PostQuery["claimed"]>, asked: Asked) {
  if (claimed === "nobody") return ended(posts, asked);
  if (claimed === "others") return posts.and([posts("claimedBy", "!=", asked.me), lasts(posts, asked)]);
  return posts.and([posts("claimedBy", "=", claimed === "me" ? asked.me : claimed.slice("by:".length)), lasts(posts, asked)]);
}

/** Where a post is looked for that is to be in a state: a claim that has run out still stands in its record. */
const looked = (state: PostQuery["state"]) => statesOf(state === "held" ? "open" : state);

/** What every post of the page has to fulfil, whichever filter leads. */
function fits(posts: Posts, asked: Asked) {
  const { query, found } = asked;
  const { author, category, rule, claimed, escalated } = query;
  const all = [
    query.state === "held" ? ended(posts, asked) : undefined,
    query.state === "claimed" ? lasts(posts, asked) : undefined,
    author === undefined ? undefined : posts.or([posts("authorId", "=", author), posts("agent", "=", author)]),
    category === undefined ? undefined : posts("category", "=", category),
    claimed === undefined ? undefined : claimedBy(posts, claimed, asked),
    escalated === undefined ? undefined : posts("escalatedBy", escalated ? "is not" : "is", null),
    rule === undefined ? undefined : posts.exists(ruled(posts, rule)),
    found !== null && "test" in found ? found.test(posts) : undefined,
  ];
  return posts.and(all.filter((one) => one !== undefined));
}

const ruled = (posts: Posts, rule: string) =>
  posts.selectFrom("postRules").select("postRules.rule").whereRef("postRules.postId", "=", "posts.id").where("postRules.rule", "=", rule);

/** Which index leads. */
type Lead = { by: "rule" } | { by: "authorId" | "agent" | "category" | "claimedBy"; value: string } | { by: "escalated" } | { by: "none" };

/** The rarest of the filters that are asked for, as the counts have it. */
async function leads(queries: Queries, { query, me }: Asked, states: readonly PostState[]): Promise<Lead[]> {
  const { author, category, rule, claimed, escalated } = query;
  const claimant = claimed === "me" ? me : claimed?.startsWith("by:") ? claimed.slice("by:".length) : undefined;
  const open = states.every((state) => state === "held" || state === "claimed");
  // Nobody claims many at once; what they have decided may be much.
  if (claimant !== undefined && open) return [{ by: "claimedBy", value: claimant }];
  if (escalated === true) return [{ by: "escalated" }];
  const candidates: { count: number; leads: Lead[] }[] = [];
  const consider = async (kind: "author" | "category" | "rule", value: string | undefined, list: (value: string) => Lead[]) => {
    if (value !== undefined) candidates.push({ count: await tally(queries, kind, value, states), leads: list(value) });
  };
  await consider("author", author, (value) => [
    { by: "authorId", value },
    { by: "agent", value },
  ]);
  await consider("category", category, (value) => [{ by: "category", value }]);
  await consider("rule", rule, () => [{ by: "rule" }]);
  candidates.sort((a, b) => a.count - b.count);
  if (candidates[0] !== undefined) return candidates[0].leads;
  return claimant === undefined ? [{ by: "none" }] : [{ by: "claimedBy", value: claimant }];
}

type Stream = SelectQueryBuilder<Tables, "posts" | "postRules", Key>;

/** The columns of a place in the queue, in the table that leads. */
const COLUMNS = {
  posts: { state: "posts.state", severity: "posts.severity", at: "posts.submittedAt", id: "posts.id" },
  rules: { state: "postRules.state", severity: "postRules.severity", at: "postRules.submittedAt", id: "postRules.postId" },
} as const;

function begin(queries: Queries, lead: Lead, { query }: Asked): Stream {
  if (lead.by === "rule") {
    const joined = queries.selectFrom("postRules").innerJoin("posts", "posts.id", "postRules.postId");
    return joined.select(["posts.id", "posts.severity", "posts.submittedAt"]).where("postRules.rule", "=", query.rule ?? "") as Stream;
  }
  const posts = queries.selectFrom("posts").select(["posts.id", "posts.severity", "posts.submittedAt"]);
  if (lead.by === "none") return posts as unknown as Stream;
  if (lead.by === "escalated") return posts.where("posts.escalatedBy", "is not", null) as unknown as Stream;
  const own = posts.where(`posts.${lead.by}`, "=", lead.value);
  // Those whose author is the agent itself come by their author.
  return (lead.by === "agent" ? own.where("posts.authorId", "!=", lead.value) : own) as unknown as Stream;
}

/** One stream of the merge: posts of one state and severity, in order, from the place on. */
function stream(queries: Queries, lead: Lead, asked: Asked, state: PostState, severity: number): Stream {
  const { query, order, after, limit, now } = asked;
  const column = lead.by === "rule" ? COLUMNS.rules : COLUMNS.posts;
  let select = begin(queries, lead, asked).where(column.state, "=", state).where(column.severity, "=", severity);
  select = select.where((posts) => fits(posts as unknown as Posts, asked));
  if (query.olderThan !== undefined) select = select.where(column.at, "<=", new Date(now.getTime() - query.olderThan).toISOString());
  if (after !== undefined && (order !== "critical" || after.severity === severity)) {
    const sign = order === "newest" ? "<" : ">";
    select = select.where((on) => on(on.refTuple(column.at, column.id), sign, on.tuple(after.submittedAt, after.id)));
  }
  const direction = order === "newest" ? "desc" : "asc";
  return select.orderBy(column.at, direction).orderBy(column.id, direction).limit(limit);
}

/** The states and severities that have posts, of those asked for. */
async function strata(queries: Queries, { query, order, after }: Asked) {
  const rows = await queries
    .selectFrom("totals")
    .select(["state", "severity"])
    .distinct()
    .where("state", "in", looked(query.state))
    .where("count", ">", 0)
    .execute();
  const least = query.severity === undefined ? 0 : SEVERITIES.indexOf(query.severity) + 1;
  const most = order === "critical" && after !== undefined ? after.severity : Number.POSITIVE_INFINITY;
  return rows.filter(({ severity }) => severity >= least && severity <= most);
}

/** The keys of one page and one more: from the few posts the words are in, or merged from the streams. */
async function keys(queries: Queries, asked: Asked): Promise<Stream | null> {
  const { found } = asked;
  if (found !== null && "few" in found) return ordered(fewest(queries, asked, found.few), asked);
  const levels = await strata(queries, asked);
  const leading = await leads(queries, asked, looked(asked.query.state));
  const parts = leading.flatMap((lead) => levels.map(({ state, severity }) => stream(queries, lead, asked, state, severity)));
  const [first, ...rest] = parts.map((part) => queries.selectFrom(part.as("part")).selectAll());
  if (first === undefined) return null;
  const all = rest.reduce((union, part) => union.unionAll(part), first);
  return ordered(queries.selectFrom(all.as("page")).select(["page.id", "page.severity", "page.submittedAt"]) as unknown as Stream, asked);
}

const CANDIDATE = [
  "posts.id",
  "posts.state",
  "posts.severity",
  "posts.submittedAt",
  "posts.authorId",
  "posts.agent",
  "posts.category",
  "posts.claimedBy",
  "posts.claimedUntil",
  "posts.escalatedBy",
] as const;

/** The few posts the words are in, narrowed by everything else. They are looked up first, so that no other index is taken for them. */
function fewest(queries: Queries, asked: Asked, ids: RawBuilder<{ postId: string }>): Stream {
  const { query, order, after, now } = asked;
  const least = query.severity === undefined ? 0 : SEVERITIES.indexOf(query.severity) + 1;
  const candidates = queries
    .selectFrom("posts")
    .select(CANDIDATE)
    .where("posts.id", "in", sql`(${ids})` as RawBuilder<string>);
  let select = queries
    .with(
      (cte) => cte("candidates").materialized(),
      () => candidates,
    )
    .selectFrom("candidates as posts")
    .select(["posts.id", "posts.severity", "posts.submittedAt"])
    .where("posts.state", "in", looked(query.state))
    .where("posts.severity", ">=", least)
    .where((posts) => fits(posts as unknown as Posts, asked));
  if (query.olderThan !== undefined)
    select = select.where("posts.submittedAt", "<=", new Date(now.getTime() - query.olderThan).toISOString());
  if (after !== undefined) select = select.where((posts) => beyond(posts as unknown as Posts, order, after));
  return select as unknown as Stream;
}

/** Whether a post comes after a place, in an order across severities. */
function beyond(posts: Posts, order: PostOrder, { severity, submittedAt, id }: Place) {
  const later = posts(posts.refTuple("posts.submittedAt", "posts.id"), order === "newest" ? "<" : ">", posts.tuple(submittedAt, id));
  if (order !== "critical") return later;
  return posts.or([posts("posts.severity", "<", severity), posts.and([posts("posts.severity", "=", severity), later])]);
}

function ordered(select: Stream, { order, limit }: Asked): Stream {
  const direction = order === "newest" ? "desc" : "asc";
  const bySeverity = order === "critical" ? select.orderBy("severity", "desc") : select;
  return bySeverity.orderBy("submittedAt", direction).orderBy("id", direction).limit(limit);
}

/** The query behind a page: its keys, without the posts. Null when no post can fit. Exported for what shows its plan. */
export async function queueKeys(
  queries: Queries,
  query: PostQuery,
  cursor: string | undefined,
  limit: number,
  now: Date,
  moderatorId: string,
): Promise<Stream | null> {
  const order = query.order ?? "critical";
  const after = cursor === undefined ? undefined : decode(cursor, order);
  const found = query.q === undefined ? null : await match(queries, query.q, await total(queries, looked(query.state)));
  return keys(queries, { query, order, after, limit: limit + 1, now, me: moderatorId, found });
}

/**
 * One page of the posts `query` asks for.
 *
 * The three orders and every filter of `PostQuery`, alone or together, are answered from indices; posts that come or go between two
 * pages neither repeat nor hide others.
 *
 * @param cursor the `next` of the page before; the first page when left out
 * @param limit posts on a page
 * @param now what `olderThan` and the end of claims are measured by
 * @param moderatorId whom `claimed=me` means
 * @throws ProblemError `malformed-request` when the cursor is not one of this order's
 * @example
 * const { rows, next } = await queuePage(db, { state: "open", rule: "shell/chmod-world" }, undefined, 50, new Date(), "mira");
 */
export async function queuePage(
  queries: Queries,
  query: PostQuery,
  cursor: string | undefined,
  limit: number,
  now: Date,
  moderatorId: string,
): Promise<QueuePage> {
  const select = await queueKeys(queries, query, cursor, limit, now, moderatorId);
  const listed = select === null ? [] : await select.execute();
  const page = listed.slice(0, limit);
  const last = listed.length > limit ? page.at(-1) : undefined;
  const ids = page.map(({ id }) => id);
  const found = ids.length === 0 ? [] : await queries.selectFrom("posts").selectAll().where("id", "in", ids).execute();
  const byId = new Map(found.map((row) => [row.id, row]));
  const rows = ids.map((id) => byId.get(id)).filter((row) => row !== undefined);
  return { rows, next: last === undefined ? null : encode(query.order ?? "critical", last) };
}
