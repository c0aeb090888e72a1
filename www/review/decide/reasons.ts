// The canned reasons of a rejection: names of sentences of the locale file, listed in `reasons.json`.
import { isKey, type Key } from "../locale/locale.js";
import listed from "./reasons.json";

/** In the order a moderator sees them. */
export const REASONS: readonly Key[] = listed.filter(isKey);

/** What the author reads: the canned sentence, the moderator's own words, or both; null when there is neither. */
export function comment(reason: string | null, words: string): string | null {
  const parts = [reason ?? "", words.trim()].filter((part) => part !== "");
  return parts.length ? parts.join("\n\n") : null;
}
