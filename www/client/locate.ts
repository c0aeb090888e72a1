/**
 * Finds a span of a post's source in the text a page rendered from it.
 *
 * The engine speaks of the source (Markdown); the page shows something a little different: marks are gone, white space is
 * folded. Both are reduced to the characters they share, and where the answer is not certain there is none: the caller then
 * veils the whole post rather than the wrong words.
 */
import type { Span } from "countersign";

/** A half-open range of UTF-16 code units of a rendered text. */
export type TextRange = Span;

/** A part of one text node, in UTF-16 code units of that node. */
export interface NodeSlice extends TextRange {
  /** Which node, counted in document order. */
  index: number;
}

const DROPPED = /[\s*_~`#>|\\[\]()]/u;

interface Skeleton {
  units: string;
  offsets: number[];
}

/** The units of `text` that survive rendering, each with its offset. */
function skeleton(text: string): Skeleton {
  const offsets: number[] = [];
  let units = "";
  for (let offset = 0; offset < text.length; offset += 1) {
    const unit = text.charAt(offset);
    if (DROPPED.test(unit)) continue;
    units += unit;
    offsets.push(offset);
  }
  return { units, offsets };
}

function occurrences(units: string, needle: string): number[] {
  const found: number[] = [];
  for (let at = units.indexOf(needle); at !== -1; at = units.indexOf(needle, at + 1)) found.push(at);
  return found;
}

/**
 * Where `span` of `source` stands in `rendered`; null when it is not there or could be in more than one place.
 *
 * @example
 * locate("run `chmod 777 /srv`", { start: 5, end: 19 }, "run chmod 777 /srv"); // { start: 4, end: 18 }
 */
export function locate(source: string, span: Span, rendered: string): TextRange | null {
  const from = skeleton(source);
  const to = skeleton(rendered);
  const first = from.offsets.findIndex((offset) => offset >= span.start);
  const length = from.offsets.filter((offset) => offset >= span.start && offset < span.end).length;
  if (first === -1 || length === 0) return null;
  const needle = from.units.slice(first, first + length);
  const before = occurrences(from.units, needle);
  const after = occurrences(to.units, needle);
  const at = after[before.indexOf(first)];
  if (at === undefined || before.length !== after.length) return null;
  const [start, last] = [to.offsets[at], to.offsets[at + length - 1]];
  return start === undefined || last === undefined ? null : { start, end: last + 1 };
}

/** Joins ranges that touch or overlap; the answer is in order. */
export function merge(ranges: readonly TextRange[]): TextRange[] {
  const joined: TextRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else joined.push({ ...range });
  }
  return joined;
}

/** Cuts `range` of a text made of nodes of the given `lengths` into one slice per node; empty slices are left out. */
export function slices(lengths: readonly number[], range: TextRange): NodeSlice[] {
  const found: NodeSlice[] = [];
  let base = 0;
  for (const [index, length] of lengths.entries()) {
    const start = Math.max(range.start - base, 0);
    const end = Math.min(range.end - base, length);
    if (start < end) found.push({ index, start, end });
    base += length;
  }
  return found;
}
