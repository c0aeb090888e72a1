/**
 * What a moderator says about a decision. Authors, askers and leads read it, so it is hostile text as any other: hosts show it in
 * mails and terminals.
 */

/** Everything that steers a terminal or turns text around, except line ends and tabs. */
const STEERING = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** A comment as it is kept and passed on: well-formed, without what would steer its reader; undefined when it says nothing. */
export function plainComment(comment: string | undefined): string | undefined {
  const plain = comment?.toWellFormed().replaceAll(STEERING, (character) => (/[\n\t]/.test(character) ? character : "\uFFFD"));
  return plain?.trim() || undefined;
}
