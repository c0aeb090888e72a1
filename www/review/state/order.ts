// Keeps the queue in the service's order while single posts come and go: most severe first, then the longest waiting.
import type { PostState, PostSummary } from "../api/types.js";
import type { Filter } from "./state.js";

const RANK = { unread: 0, critical: 1, high: 2, medium: 3, low: 4, none: 5 };

/** What was held for not being read may say anything: it comes before all that was. */
const rank = ({ severity, action }: PostSummary) => RANK[severity ?? (action === "hold" ? "unread" : "none")];

/** Negative when `a` comes before `b`. */
export function compare(a: PostSummary, b: PostSummary): number {
  return rank(a) - rank(b) || a.submittedAt.localeCompare(b.submittedAt) || a.id.localeCompare(b.id);
}

/** Whether a post in `state` is listed under `filter`. */
export const belongs = (state: PostState, filter: Filter): boolean =>
  filter === "open" ? state === "held" || state === "claimed" : state === filter;

/**
 * `items` with `post` as it now stands: replaced where it is, inserted in order, or gone when it no longer belongs.
 *
 * A post that would come after the last one loaded is left for its own page when `more` pages are to come.
 */
export function place(items: readonly PostSummary[], post: PostSummary, filter: Filter, more: boolean): readonly PostSummary[] {
  const at = items.findIndex((item) => item.id === post.id);
  if (!belongs(post.state, filter)) return at < 0 ? items : items.toSpliced(at, 1);
  if (at >= 0) return post.version < (items[at]?.version ?? 0) ? items : items.with(at, post);
  const before = items.findIndex((item) => compare(post, item) < 0);
  if (before < 0) return more ? items : [...items, post];
  return items.toSpliced(before, 0, post);
}

/** The id next to `id` in `items`, `by` steps away and never past an end; the first when `id` is not among them. */
export function neighbour(items: readonly PostSummary[], id: string | null, by: number): string | null {
  const at = items.findIndex((item) => item.id === id);
  const to = at < 0 ? 0 : Math.min(Math.max(at + by, 0), items.length - 1);
  return items[to]?.id ?? null;
}

/** The posts whose words, author, thread or rules contain every word of `query`. */
export function search(items: readonly PostSummary[], query: string): readonly PostSummary[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  const text = (post: PostSummary) =>
    [post.title, post.excerpt, post.author.handle, post.onBehalfOf, post.thread.title, post.claimedBy, post.severity, ...post.rules]
      .join("\n")
      .toLocaleLowerCase();
  return items.filter((post) => words.every((word) => text(post).includes(word)));
}
