// Puts the loaded posts into groups, each in the order the service gave, the groups in the order of their first post.
import type { PostSummary } from "../api/types.js";
import type { Grouping } from "./view.js";

/** A group of the list; `key` is the service's own word for it, empty when a post has none. */
export type Group = { key: string; posts: readonly PostSummary[] };

const KEY: Readonly<Record<Exclude<Grouping, "none">, (post: PostSummary) => string>> = {
  severity: (post) => post.severity ?? "",
  author: (post) => post.author.handle,
  category: (post) => post.category ?? "",
  rule: (post) => post.rules[0] ?? "",
  day: (post) => dayOf(post.submittedAt),
};

/** The day of a moment where the reader is, `2026-11-22`; empty when it is no time. */
function dayOf(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "";
  const pad = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** `items` in groups; in one without a name when they are not grouped. */
export function groups(items: readonly PostSummary[], by: Grouping): readonly Group[] {
  if (by === "none") return items.length ? [{ key: "", posts: items }] : [];
  const found = new Map<string, PostSummary[]>();
  for (const post of items) {
    const key = KEY[by](post);
    const group = found.get(key);
    if (group) group.push(post);
    else found.set(key, [post]);
  }
  return [...found].map(([key, posts]) => ({ key, posts }));
}

let last: { items: readonly PostSummary[]; by: Grouping; shown: readonly PostSummary[] } | null = null;

/** The posts in the order they are shown. The last answer is kept: every key press asks for it. */
export function shown(items: readonly PostSummary[], by: Grouping): readonly PostSummary[] {
  if (by === "none") return items;
  if (last?.items !== items || last.by !== by) last = { items, by, shown: groups(items, by).flatMap(({ posts }) => posts) };
  return last.shown;
}
