/**
 * How the stand-in lists posts: the queries of the service's own schema, over posts in memory.
 */
import type { Facets, PostDetail, PostPage, PostQuery, PostSummary } from "../../node/api/schema.js";

const RANK = { critical: 0, high: 1, medium: 2, low: 3, none: 4 };
const SEVERITIES = ["low", "medium", "high", "critical"];

/** The post as the queue lists it. */
export function summaryOf(detail: PostDetail): PostSummary {
  const { submission, verdict, undecided, notes, decision, receipt, audit, history, ...rest } = detail;
  const { operator, versions, exposure, undo, erasedAt, approvals, ...summary } = rest;
  return summary;
}

const rank = (post: PostDetail) => RANK[post.severity ?? "none"];
const oldest = (a: PostDetail, b: PostDetail) => a.submittedAt.localeCompare(b.submittedAt) || a.id.localeCompare(b.id);
const ORDERS = {
  critical: (a: PostDetail, b: PostDetail) => rank(a) - rank(b) || oldest(a, b),
  oldest,
  newest: (a: PostDetail, b: PostDetail) => oldest(b, a),
};

const within = (post: PostDetail, state: string) =>
  state === "all" || post.state === state || (state === "open" && (post.state === "held" || post.state === "claimed"));

function claimed(post: PostDetail, by: string, me: string): boolean {
  if (by === "nobody") return post.claimedBy === null;
  if (by === "me") return post.claimedBy === me;
  return by === "others" ? post.claimedBy !== null && post.claimedBy !== me : `by:${post.claimedBy}` === by;
}

const textOf = (post: PostDetail) =>
  [post.submission.post.body, post.title, post.author.handle, post.thread.title, ...post.rules].join("\n").toLowerCase();

type Narrowing = Omit<PostQuery, "state" | "order">;

const ASKS: { [Name in keyof Required<Narrowing>]: (post: PostDetail, value: NonNullable<Narrowing[Name]>, me: string) => boolean } = {
  severity: (post, least) => SEVERITIES.indexOf(post.severity ?? "") >= SEVERITIES.indexOf(least),
  author: (post, id) => post.author.id === id || post.agent === id,
  rule: (post, rule) => post.rules.includes(rule),
  category: (post, category) => post.category === category,
  claimed,
  escalated: (post, yes) => (post.escalatedBy !== null) === yes,
  olderThan: (post, ms) => Date.parse(post.submittedAt) <= Date.now() - ms,
  q: (post, words) =>
    words
      .toLowerCase()
      .split(/\s+/)
      .every((word) => textOf(post).includes(word)),
};

/** The posts a query asks for, in its order. */
export function found(posts: Iterable<PostDetail>, query: PostQuery, me: string): PostDetail[] {
  const { state = "open", order = "critical", ...narrowing } = query;
  const asks = Object.entries(narrowing).filter(([, value]) => value !== undefined) as [keyof Narrowing, never][];
  const fits = (post: PostDetail) => within(post, state) && asks.every(([name, value]) => ASKS[name](post, value, me));
  return [...posts].filter(fits).sort(ORDERS[order]);
}

/** A page of them. */
export function pageOf(posts: readonly PostDetail[], all: readonly PostDetail[], from: number, limit: number): PostPage {
  const of = (name: string) => all.filter((post) => within(post, name)).length;
  const counts = {
    open: of("open"),
    escalated: all.filter((post) => within(post, "open") && post.escalatedBy !== null).length,
    approved: of("approved"),
    rejected: of("rejected"),
    returned: of("returned"),
    blocked: of("blocked"),
    flagged: of("flagged"),
  };
  return { items: posts.slice(from, from + limit).map(summaryOf), next: from + limit < posts.length ? String(from + limit) : null, counts };
}

function tally(values: Iterable<string>): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

/** What posts can be narrowed to. */
export function facetsOf(posts: readonly PostDetail[]): Facets {
  const handles = new Map(posts.map(({ author }) => [author.id, author.handle]));
  return {
    severities: tally(posts.flatMap(({ severity }) => severity ?? [])) as Facets["severities"],
    authors: tally(posts.map(({ author }) => author.id)).map((each) => ({ ...each, handle: handles.get(each.value) ?? "" })),
    rules: tally(posts.flatMap(({ rules }) => rules)),
    categories: tally(posts.flatMap(({ category }) => category ?? [])),
  };
}
