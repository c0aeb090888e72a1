// Finds what matters in an engine's sentence: who gains, what they gain, and what the post itself names.
import words from "./emphasis.json";

/** A stretch of a sentence, and whether it carries the weight. */
export type Stretch = { text: string; strong: boolean };

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Whole words of the list, the longest first: "every user and process" before "every user". */
const LISTED = words
  .toSorted((a, b) => b.length - a.length)
  .map((word) => `(?<![\\w-])${escaped(word)}(?![\\w-])`)
  .join("|");

const SHORTEST = 2;
const PUNCTUATION = /^[\s"'`()[\]{},;:]+|[\s"'`()[\]{},;:.]+$/g;

/** The names in an instruction: what a shell would split it into, without options. */
function named(sources: readonly string[]): Set<string> {
  const found = sources.flatMap((source) => source.split(/[\s=,;|]+/)).map((word) => word.replaceAll(PUNCTUATION, ""));
  return new Set(found.filter((word) => word.length >= SHORTEST && !word.startsWith("-")));
}

/** Marks every match of `pattern` and every name; neighbours that weigh alike are one stretch. */
function weigh(sentence: string, names: ReadonlySet<string>): Stretch[] {
  const stretches: Stretch[] = [];
  const add = (text: string, strong: boolean) => {
    const last = stretches.at(-1);
    if (last?.strong === strong) last.text += text;
    else if (text) stretches.push({ text, strong });
  };
  const pieces = sentence.split(new RegExp(`(${LISTED})`, "giu"));
  for (const [index, piece] of pieces.entries()) {
    if (index % 2 === 1) add(piece, true);
    else for (const word of piece.split(/(\s+)/)) for (const [text, strong] of split(word, names)) add(text, strong);
  }
  return stretches;
}

/** A word with its punctuation apart from it. */
function split(word: string, names: ReadonlySet<string>): [string, boolean][] {
  const bare = word.replaceAll(PUNCTUATION, "");
  const at = word.indexOf(bare);
  if (bare === "" || !names.has(bare)) return [[word, false]];
  return [
    [word.slice(0, at), false],
    [bare, true],
    [word.slice(at + bare.length), false],
  ];
}

/**
 * `sentence` in stretches; joined, they are the sentence again.
 *
 * @param sources the instruction as it stands and as it was decoded: what the sentence names of it is strong
 * @example
 * emphasise("lets every user change /srv/app", ["chmod 777 /srv/app"]); // strong: "every user", "change", "/srv/app"
 */
export const emphasise = (sentence: string, sources: readonly string[]): Stretch[] => weigh(sentence, named(sources));
