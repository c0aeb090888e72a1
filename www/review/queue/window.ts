// Which part of a long list is worth rendering: what is on the screen and a little around it. There are two heights, of a post and
// of a group's heading, so where everything stands is known without asking the browser.
import type { PostSummary } from "../api/types.js";
import type { Group } from "../state/groups.js";

/** A line of the list: a group's heading or a post, `position` from 1. */
export type Entry = { kind: "head"; group: Group } | { kind: "post"; post: PostSummary; position: number };

/** Heights in pixels. */
export type Heights = { post: number; head: number };

/** Every line and where it stands; `tops` has one more than there are lines: the whole height. */
export type Layout = { entries: readonly Entry[]; tops: Float64Array };

/** The first line to render and one past the last. */
export type Range = { from: number; to: number };

/** How many lines more are rendered on either side. */
export const AROUND = 6;

/** The lines of a list in groups; `headed` when the groups have headings. */
export function entriesOf(groups: readonly Group[], headed: boolean): readonly Entry[] {
  const entries: Entry[] = [];
  let position = 0;
  for (const group of groups) {
    if (headed) entries.push({ kind: "head", group });
    for (const post of group.posts) entries.push({ kind: "post", post, position: ++position });
  }
  return entries;
}

/** Where every line stands. */
export function layout(entries: readonly Entry[], heights: Heights): Layout {
  const tops = new Float64Array(entries.length + 1);
  for (const [index, { kind }] of entries.entries()) tops[index + 1] = (tops[index] ?? 0) + heights[kind];
  return { entries, tops };
}

/** The line that covers `y`: the last one that begins at or above it. */
export function lineAt({ entries, tops }: Layout, y: number): number {
  let low = 0;
  let high = Math.max(0, entries.length - 1);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tops[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * The lines a scroller shows, and {@link AROUND} more on either side.
 *
 * @param top how far it is scrolled, in pixels
 * @param height how high it is, in pixels
 */
export function visible(lines: Layout, top: number, height: number): Range {
  const count = lines.entries.length;
  if (count === 0) return { from: 0, to: 0 };
  const first = lineAt(lines, Math.max(0, top));
  const last = lineAt(lines, Math.max(0, top) + height);
  return { from: Math.max(0, first - AROUND), to: Math.min(count, last + 1 + AROUND) };
}

/** The line of a post, or -1. */
export const lineOf = ({ entries }: Layout, id: string | null): number =>
  id === null ? -1 : entries.findIndex((entry) => entry.kind === "post" && entry.post.id === id);

/** The group a scroller is inside of, once its own heading has left the screen; null in a list without headings. */
export function groupAt(lines: Layout, top: number): Group | null {
  for (let at = lineAt(lines, top); at >= 0; at--) {
    const entry = lines.entries[at];
    if (entry?.kind === "head") return (lines.tops[at] ?? 0) < top ? entry.group : null;
  }
  return null;
}
