// The reasons of a rejection that are often given: the forum's own, or those of the page.
import type { CannedReason, Session } from "../api/types.js";
import { isKey, type Locale, say } from "../locale/locale.js";
import listed from "./reasons.json";

/** In the order a moderator sees them; `text` is what the author reads. */
export function reasonsOf(session: Session | null, locale: Locale): readonly CannedReason[] {
  if (session?.reasons.length) return session.reasons;
  return listed.filter(isKey).map((key) => ({ id: key, title: say(locale, key), text: say(locale, key) }));
}

/** What the author reads: the canned sentence, the moderator's own words, or both; null when there is neither. */
export function comment(reason: string | null, words: string): string | null {
  const parts = [reason ?? "", words.trim()].filter((part) => part !== "");
  return parts.length ? parts.join("\n\n") : null;
}
