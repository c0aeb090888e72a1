// Lays findings over a text: cuts it where any of them begins or ends, so that overlapping ones can all be shown in place.

/** A half-open range of UTF-16 code units. */
export type Span = { start: number; end: number };

/** A stretch of the text under the same spans. `marks` are indexes of the given spans; `starts` those that begin here. */
export type Segment = { text: string; marks: readonly number[]; starts: readonly number[] };

const inPair = (text: string, at: number) =>
  at > 0 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(at) & 0xfc00) === 0xdc00;

/** The span inside the text, never cutting a character in two. */
function bounded(text: string, { start, end }: Span): Span {
  const within = (at: number) => Math.min(Math.max(Math.trunc(at) || 0, 0), text.length);
  const [from, to] = [within(start), within(end)];
  return { start: inPair(text, from) ? from - 1 : from, end: inPair(text, to) ? to + 1 : to };
}

/** Span indexes by one of their bounds. */
function by(spans: readonly number[], bound: (at: number) => number | undefined): Map<number | undefined, number[]> {
  const found = new Map<number | undefined, number[]>();
  for (const at of spans) found.set(bound(at), [...(found.get(bound(at)) ?? []), at]);
  return found;
}

/**
 * Cuts `text` at every bound of `spans`.
 *
 * Joined, the segments are the text again. Spans outside it are cut to it; empty ones mark nothing.
 *
 * @example
 * highlight("sudo chmod", [{ start: 0, end: 4 }]);
 * // [{ text: "sudo", marks: [0], starts: [0] }, { text: " chmod", marks: [], starts: [] }]
 */
export function highlight(text: string, spans: readonly Span[]): Segment[] {
  const fitted = spans.map((span) => bounded(text, span));
  const live = new Set<number>();
  const bounds = [...new Set([0, text.length, ...fitted.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  const solid = [...fitted.keys()].filter((at) => (fitted[at]?.end ?? 0) > (fitted[at]?.start ?? 0));
  const starting = by(solid, (at) => fitted[at]?.start);
  const ending = by(solid, (at) => fitted[at]?.end);
  return bounds.slice(0, -1).map((from, index) => {
    for (const at of ending.get(from) ?? []) live.delete(at);
    const starts = starting.get(from) ?? [];
    for (const at of starts) live.add(at);
    return { text: text.slice(from, bounds[index + 1]), marks: [...live].sort((a, b) => a - b), starts };
  });
}
