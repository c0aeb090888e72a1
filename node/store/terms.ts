/**
 * Cuts texts into the terms they are found by, alike for what is kept and what is looked for. Everything but letters and digits
 * only separates: there is no syntax to get wrong. Scripts that are written without blanks are cut into single characters and
 * pairs of neighbours, so that a word is found wherever it stands.
 */

/** Characters of a term that count. */
const LONGEST = 64;

/** Bytes of all terms of a text together: what fits into one row of either index. */
const MOST_BYTES = 500_000;

const ACCENTS = /[\u0300-\u036f]/gu;
const RUNS = /[\p{L}\p{N}\p{M}]+/gu;
const UNSPACED = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]+/gu;

/** One spelling for all ways to write the same letters: no width, case, ligature or Latin accent. */
function fold(text: string): string {
  return text.toWellFormed().normalize("NFKD").replaceAll(ACCENTS, "").normalize("NFC").toLowerCase();
}

function pairs(run: string): string[] {
  const characters = [...run];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/** The words of a folded text, and its unspaced runs. */
function* cut(text: string): Generator<{ word: string; unspaced: boolean }> {
  for (const [run] of text.matchAll(RUNS)) {
    let from = 0;
    for (const match of run.matchAll(UNSPACED)) {
      if (match.index > from) yield { word: run.slice(from, match.index), unspaced: false };
      yield { word: match[0], unspaced: true };
      from = match.index + match[0].length;
    }
    if (from < run.length) yield { word: run.slice(from), unspaced: false };
  }
}

const shorten = (word: string) => [...word].slice(0, LONGEST).join("");

/** The terms `text` is found by, each once. */
export function terms(text: string): string[] {
  const found = new Set<string>();
  let bytes = 0;
  for (const { word, unspaced } of cut(fold(text))) {
    for (const term of unspaced ? [...word, ...pairs(word)] : [shorten(word)]) {
      if (found.has(term)) continue;
      bytes += Buffer.byteLength(term) + 1;
      if (bytes > MOST_BYTES) return [...found];
      found.add(term);
    }
  }
  return [...found];
}

/** A term that is looked for; with `prefix` also as the beginning of a longer one. */
export type Wanted = { term: string; prefix: boolean };

/** Letters from which on the beginning of a word is enough. */
const PREFIX_FROM = 3;

/**
 * The terms that all have to occur for `q` to be found. The last word may still be being typed: its beginning is enough.
 */
export function wanted(q: string): Wanted[] {
  const list = new Map<string, Wanted>();
  const want = (term: string, prefix: boolean) => list.set(term, { term, prefix });
  const words = [...cut(fold(q))];
  for (const [index, { word, unspaced }] of words.entries()) {
    if (!unspaced) want(shorten(word), index === words.length - 1 && word.length >= PREFIX_FROM);
    else for (const term of [...word].length > 1 ? pairs(word) : [word]) want(term, false);
  }
  return [...list.values()];
}
