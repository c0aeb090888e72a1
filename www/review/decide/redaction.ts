// What is left of a text when parts are taken out. Pure; the service does the same and has the last word.
import type { FieldSpan } from "../api/types.js";

/** What the service puts where something was taken out; readers see it, in every language. */
export const MARKER = "[removed by a moderator]";

/** A stretch that stays, or one that is taken out. */
export type Part = { text: string; out: boolean };

/** Spans of one field in order, those that touch made one. */
function merged(spans: readonly FieldSpan[]): FieldSpan[] {
  const all: FieldSpan[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    if (last && span.start <= last.end) all[all.length - 1] = { ...last, end: Math.max(last.end, span.end) };
    else all.push(span);
  }
  return all;
}

/**
 * The stretches of `text`, those of `spans` out. Joined they are the text again.
 *
 * @param spans parts of this text, in UTF-16 code units; what lies outside it is cut off
 */
export function parts(text: string, spans: readonly FieldSpan[]): Part[] {
  const found: Part[] = [];
  let from = 0;
  const push = (to: number, out: boolean) => {
    if (to > from) found.push({ text: text.slice(from, to), out });
    from = Math.max(from, to);
  };
  for (const { start, end } of merged(spans)) {
    push(Math.min(start, text.length), false);
    push(Math.min(end, text.length), true);
  }
  push(text.length, false);
  return found;
}

/**
 * The place in `text` of an offset in the same text as a text field holds it, where every line end is one character.
 *
 * @example
 * placeIn("a\r\nb", 2); // 3
 */
export function placeIn(text: string, offset: number): number {
  let place = 0;
  for (let passed = 0; passed < offset && place < text.length; passed++) place += text.startsWith("\r\n", place) ? 2 : 1;
  return place;
}
