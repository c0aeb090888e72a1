/**
 * An explanation for a terminal: what was decided, by which lines, and what else was looked at.
 */
import type { Considered, Explanation, PolicyLine, Verdict } from "countersign";
import { inert } from "./report.js";

const OUTCOME = { decided: "decided", milder: "applies too", idle: "does not apply" } as const;

function printed(lines: readonly PolicyLine[], own: string): string[] {
  const rows = lines.map(({ file, line, key, value }) => [
    `${file === "own" ? own : "default policy"}:${line}`,
    value === undefined ? key : `${key} = ${value}`,
  ]);
  const widest = Math.max(0, ...rows.map(([place = ""]) => place.length));
  return rows.map(([place = "", said]) => `    ${place.padEnd(widest)}  ${said}`);
}

const told = ({ why, outcome, lines }: Considered, own: string) => [`  ${OUTCOME[outcome]}: ${why}`, ...printed(lines, own)];

/**
 * What to print.
 *
 * @param own what the forum's own policy file is called
 */
export function explained(verdict: Verdict, { called, clauses }: Explanation, own = "your policy"): string {
  const [first, ...rest] = clauses;
  const decided = first === undefined ? [] : [`${verdict.action}: ${first.why}`, "  because of", ...printed(first.lines, own)];
  const others = rest.flatMap((clause) => told(clause, own));
  const trial = verdict.trial === undefined ? [] : ["", `with \`trial_strictness\` in force it would be: ${verdict.trial.action}`];
  return [...decided, "", `also looked at, for a post by ${called} (the strictest line that applies wins):`, ...others, ...trial]
    .map(inert)
    .join("\n");
}
