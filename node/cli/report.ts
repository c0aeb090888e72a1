/**
 * A verdict for a terminal: each finding with its place, the line it stands in, what it would do and what to do instead.
 */
import type { Finding, Verdict } from "countersign";

const WIDEST = 160;

/** Terminal control characters shown as what they are: a checked file must not be able to drive the terminal. */
export function inert(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, (character) => (character === "\t" ? " " : "\uFFFD"));
}

type Place = { line: number; column: number; source: string; width: number };

function place(text: string, { start, end }: Finding["span"]): Place {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const stop = text.indexOf("\n", start);
  const to = stop === -1 ? text.length : stop;
  const line = text.slice(0, from).split("\n").length;
  return { line, column: start - from + 1, source: text.slice(from, to), width: Math.max(1, Math.min(end, to) - start) };
}

function finding(name: string, text: string, found: Finding): string {
  const { line, column, source, width } = place(text, found.span);
  const cut = Math.max(0, column - 1 - WIDEST / 2);
  const marks = " ".repeat(column - 1 - cut) + "^".repeat(Math.min(width, WIDEST - (column - 1 - cut)));
  const decoded = found.decoded.length > 0 ? [`    read as: ${found.decoded.join(" → ")}`] : [];
  return [
    `${name}:${line}:${column}: ${found.severity}: ${found.title} (${found.rule})`,
    `  | ${source.slice(cut, cut + WIDEST)}`,
    `  | ${marks}`,
    ...decoded,
    `    why:   ${found.why}`,
    `    safer: ${found.safer}`,
  ]
    .map(inert)
    .join("\n");
}

/** What to print for one text. */
export function report(name: string, text: string, verdict: Verdict): string {
  const findings = verdict.findings.filter((found) => found.field === "body").map((found) => finding(name, text, found));
  const reasons = verdict.reasons.map((reason) => `    ${inert(reason.message)}`);
  return [...findings, `${name}: ${verdict.action}`, ...reasons].join("\n");
}

/** Whether a post with this verdict would be kept back or veiled. */
export function stands(verdict: Verdict): boolean {
  return verdict.action === "hold" || verdict.action === "block" || verdict.action === "flag";
}
