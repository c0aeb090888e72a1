// Keeps the queue in the service's order while single posts come and go, and within what it is narrowed to.
import type { PostState, PostSummary } from "../api/types.js";
import type { Field, Order, Tab, View } from "./view.js";

const RANK = { unread: 0, critical: 1, high: 2, medium: 3, low: 4, none: 5 };

/** What was held for not being read may say anything: it comes before all that was. */
const rank = ({ severity, action }: PostSummary) => RANK[severity ?? (action === "hold" ? "unread" : "none")];

const oldest = (a: PostSummary, b: PostSummary) => a.submittedAt.localeCompare(b.submittedAt) || a.id.localeCompare(b.id);

const COMPARE: Readonly<Record<Order, (a: PostSummary, b: PostSummary) => number>> = {
  critical: (a, b) => rank(a) - rank(b) || oldest(a, b),
  oldest,
  newest: (a, b) => oldest(b, a),
};

/** Negative when `a` comes before `b`. */
export const compare = (a: PostSummary, b: PostSummary, order: Order = "critical"): number => COMPARE[order](a, b);

const isOpen = (state: PostState) => state === "held" || state === "claimed";

/** Whether a post is listed under a tab. */
export function belongs(post: PostSummary, tab: Tab): boolean {
  if (tab === "open") return isOpen(post.state);
  return tab === "escalated" ? isOpen(post.state) && post.escalatedBy !== null : post.state === tab;
}

const SEVERITIES = ["low", "medium", "high", "critical"];

function claimed(post: PostSummary, by: string, me: string | null): boolean {
  if (by === "nobody") return post.claimedBy === null;
  if (by === "me") return post.claimedBy === me;
  return by === "others" ? post.claimedBy !== null && post.claimedBy !== me : post.claimedBy === by.replace(/^by:/, "");
}

/** What each field asks of a post. Words are searched by the service, in texts the list does not have. */
const ASKS: Readonly<Record<Field, (post: PostSummary, value: string, me: string | null) => boolean>> = {
  severity: (post, least) => SEVERITIES.indexOf(post.severity ?? "") >= SEVERITIES.indexOf(least),
  author: (post, id) => post.author.id === id || post.agent === id,
  category: (post, category) => post.category === category,
  rule: (post, rule) => post.rules.includes(rule),
  claimed,
  olderThan: (post, ms) => Date.parse(post.submittedAt) <= Date.now() - Number(ms),
  escalated: (post, value) => (post.escalatedBy !== null) === (value === "true"),
  q: () => true,
};

/** Whether `post` fits what a view is narrowed to, as far as the page can tell; `me` is the moderator's id. */
export const fitting = (post: PostSummary, { narrow }: View, me: string | null): boolean =>
  Object.entries(narrow).every(([field, value]) => ASKS[field as Field](post, value, me));

/**
 * `items` with `post` as it now stands: replaced where it is, inserted in order, or gone when it no longer belongs.
 *
 * A post that would come after the last one loaded is left for its own page when `more` pages are to come; under a search for words
 * a post that is not listed is left to the service.
 */
export function place(
  items: readonly PostSummary[],
  post: PostSummary,
  view: View,
  me: string | null,
  more: boolean,
): readonly PostSummary[] {
  const at = items.findIndex((item) => item.id === post.id);
  if (!belongs(post, view.tab) || !fitting(post, view, me)) return at < 0 ? items : items.toSpliced(at, 1);
  if (at >= 0) return post.version < (items[at]?.version ?? 0) ? items : items.with(at, post);
  if (view.narrow.q !== undefined) return items;
  const before = items.findIndex((item) => compare(post, item, view.order) < 0);
  if (before < 0) return more ? items : [...items, post];
  return items.toSpliced(before, 0, post);
}

/** The id next to `id` in `items`, `by` steps away and never past an end; the first when `id` is not among them. */
export function neighbour(items: readonly { id: string }[], id: string | null, by: number): string | null {
  const at = items.findIndex((item) => item.id === id);
  const to = at < 0 ? 0 : Math.min(Math.max(at + by, 0), items.length - 1);
  return items[to]?.id ?? null;
}
