// Makes characters visible that are there to be overlooked: a moderator must see what a reader's shell would get.

/** Text as it is, or one character that would not be seen (or would reorder what is), by its code point. */
export type Part = { text: string } | { code: string };

// Controls, formats (bidi, zero-width, tags) and odd spaces. Joiners inside emoji and joined scripts are ordinary writing.
const UNSEEN =
  /(?<![\p{Extended_Pictographic}\p{M}\p{Emoji_Modifier}\p{Script_Extensions=Arab}])(?:\u200c|\u200d)|(?!\u200c|\u200d|\t|\n)(?:[\p{Cc}\p{Cf}\p{Cs}\u2800\u3164\uffa0]|\u115f|\u1160)/gu;

const DIGITS = 4;

const code = (character: string) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(DIGITS, "0")}`;

/**
 * Splits `text` at every unseen character. `\r\n` counts as a line end.
 *
 * @example
 * reveal("safe\u202Eexe"); // [{ text: "safe" }, { code: "U+202E" }, { text: "exe" }]
 */
export function reveal(text: string): Part[] {
  const parts: Part[] = [];
  const lines = text.replaceAll("\r\n", "\n");
  let from = 0;
  for (const match of lines.matchAll(UNSEEN)) {
    if (match.index > from) parts.push({ text: lines.slice(from, match.index) });
    parts.push({ code: code(match[0]) });
    from = match.index + match[0].length;
  }
  if (from < lines.length) parts.push({ text: lines.slice(from) });
  return parts;
}
