// What changed between two texts, word by word, as data.
import { type Change, diffLines, diffWordsWithSpace } from "diff";

/** A stretch of the newer text, or of the older one where it was taken out. */
export type Piece = { how: "same" | "added" | "removed"; text: string };

/** Milliseconds the comparison may take; what is too different for that is compared by lines, then shown whole. */
const TIMEOUT_MS = 100;

const how = ({ added, removed }: Change): Piece["how"] => (added ? "added" : removed ? "removed" : "same");

/**
 * The pieces that lead from `before` to `after`. Without the added ones they are `before`, without the removed ones `after`.
 *
 * @example
 * pieces("chmod 777 /srv", "chmod 750 /srv"); // same "chmod ", removed "777", added "750", same " /srv"
 */
export function pieces(before: string, after: string): Piece[] {
  const changes = diffWordsWithSpace(before, after, { timeout: TIMEOUT_MS }) ?? diffLines(before, after, { timeout: TIMEOUT_MS });
  if (changes) return changes.map((change) => ({ how: how(change), text: change.value }));
  return [
    { how: "removed", text: before },
    { how: "added", text: after },
  ];
}
