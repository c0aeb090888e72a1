// Which rows of a long list are worth rendering: those on the screen and a few around them. Rows are equally high.

/** The first row to render and one past the last. */
export type Range = { from: number; to: number };

const AROUND = 8;

/**
 * The rows of `count` that a scroller shows, and `AROUND` more on either side.
 *
 * @param top how far it is scrolled, in pixels
 * @param height how high it is, in pixels
 * @param row how high a row is, in pixels
 */
export function visible(top: number, height: number, row: number, count: number): Range {
  const first = Math.floor(Math.max(0, top) / row);
  const last = Math.ceil((Math.max(0, top) + height) / row);
  const to = Math.min(count, last + AROUND);
  return { from: Math.max(0, Math.min(first - AROUND, to)), to };
}
