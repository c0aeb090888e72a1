/**
 * Cuts a post's text into what the forum can show: paragraphs, fenced code, inline code, bold. Never markup.
 */

/** A run of text in a paragraph. */
export interface Run {
  kind: "text" | "code" | "strong" | "mention";
  text: string;
}

/** A paragraph or a block of code. */
export type Block = { kind: "paragraph"; runs: Run[] } | { kind: "code"; text: string };

const FENCE = /^(`{3,}|~{3,})[^\n]*\n([\s\S]*?)(?:\n\1[ \t]*$|$(?![\s\S]))/gmu;
const INLINE = /`([^`\n]+)`|\*\*([^*\n]+)\*\*|(?<![\w.])(@[a-z][\w-]*)/giu;

/** Reads one paragraph. */
export function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > at) runs.push({ kind: "text", text: text.slice(at, match.index) });
    const [whole, code, strong] = match;
    if (code !== undefined) runs.push({ kind: "code", text: code });
    else if (strong !== undefined) runs.push({ kind: "strong", text: strong });
    else runs.push({ kind: "mention", text: whole });
    at = match.index + whole.length;
  }
  if (at < text.length) runs.push({ kind: "text", text: text.slice(at) });
  return runs;
}

function paragraphs(text: string): Block[] {
  return text
    .split(/\n{2,}/u)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => ({ kind: "paragraph", runs: runsOf(part) }));
}

/** Reads a whole post. */
export function blocksOf(source: string): Block[] {
  const text = source.replace(/\r\n?/gu, "\n");
  const blocks: Block[] = [];
  let at = 0;
  for (const match of text.matchAll(FENCE)) {
    blocks.push(...paragraphs(text.slice(at, match.index)), { kind: "code", text: match[2] ?? "" });
    at = match.index + match[0].length;
  }
  return [...blocks, ...paragraphs(text.slice(at))];
}
