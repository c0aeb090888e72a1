/**
 * Somebody else's words inside Markdown. Every ASCII punctuation character may be escaped (CommonMark 2.4), so all of them are; what
 * cannot be seen is written as its code point; lines are joined, so that no text starts a block of its own. Addresses lose their
 * form (`https[:]//`), as reports of incidents write them: readers of Markdown make links of what looks like one, escaped or not.
 */

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** What makes a link, or a call to somebody, of plain words. */
const ADDRESS = /:(?=\/\/)|@|(?<=www)\./gi;

const codePoint = (character: string) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** A text with what cannot be seen as its code point; line breaks and tabs stay when they may. */
function visible(text: string, keep: RegExp): string {
  return text.replaceAll(UNSEEN, (character) => (keep.test(character) ? character : `[${codePoint(character)}]`));
}

/** A name, title or sentence as Markdown that shows it in one line and does nothing else. */
export function plain(text: string): string {
  const lines = text.split(/[\r\n\u2028\u2029]+/).map((line) => line.trim());
  const line = lines.filter((each) => each !== "").join(" ");
  return visible(line.replaceAll(ADDRESS, "[$&]"), /^$/).replaceAll(/[!-/:-@[-`{-~]/g, "\\$&");
}

/** A text as a code block whose fence no run of backticks inside it can close. */
export function fenced(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return `${fence}text\n${visible(text.replaceAll(/\r\n?/g, "\n"), /^[\n\t]$/)}\n${fence}`;
}
