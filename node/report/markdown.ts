/**
 * An incident report as Markdown, for a ticket or a postmortem. Whatever people or agents wrote in it stays text.
 */
import type { IncidentReport } from "../api/schema.js";
import { fenced, plain } from "./escape.js";

/** What the report's summary holds, as far as the page shows it; see `report`. */
type Summary = {
  state: string;
  title: string;
  severity: string | null;
  author: { id: string; handle: string; kind: string };
  thread: { id: string; title: string | null };
  exposure: { seen: number; acknowledged: number };
  durations: { timeToHold: number | null; timeToDecision: number | null };
  decision: { by: string; comment: string | null; state: string } | null;
  findings: Record<"rule" | "title" | "severity" | "why" | "safer" | "excerpt", string>[];
  findingsInAll: number;
  [name: string]: unknown;
};

const NAMES: [keyof Summary, string][] = [
  ["agent", "Agent"],
  ["operator", "Operator"],
  ["onBehalfOf", "On behalf of"],
  ["asker", "Asked by"],
  ["request", "Request"],
  ["category", "Category"],
  ["undecided", "Not decided"],
  ["contentHash", "Content"],
  ["erasedAt", "Text erased"],
];

const UNITS = [
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
  ["ms", 1],
] as const;

/** Milliseconds in at most two units: `2 h 4 min`. */
export function lasted(ms: number): string {
  const parts: string[] = [];
  let rest = Math.round(ms);
  for (const [unit, size] of UNITS) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) parts.push(`${amount} ${unit}`);
  }
  return parts.slice(0, 2).join(" ") || "0 ms";
}

const point = (name: string, text: string) => `- **${name}**: ${text}`;

function facts(summary: Summary): string[] {
  const { author, thread, state, severity, durations, exposure, decision } = summary;
  const named = NAMES.flatMap(([key, name]) => (typeof summary[key] === "string" ? [point(name, plain(summary[key]))] : []));
  const { timeToHold, timeToDecision } = durations;
  return [
    point("State", plain(state)),
    point("Severity", plain(severity ?? "unrated")),
    point("Author", `${plain(author.handle)} (${plain(author.id)}, ${plain(author.kind)})`),
    point("Thread", thread.title === null ? plain(thread.id) : `${plain(thread.title)} (${plain(thread.id)})`),
    ...named,
    ...(timeToHold === null ? [] : [point("From writing to the gate", lasted(timeToHold))]),
    ...(timeToDecision === null ? [] : [point("From the gate to the decision", lasted(timeToDecision))]),
    point("Seen by", `${exposure.seen} (${exposure.acknowledged} past the veil)`),
    ...(decision ? [point("Decision", `${plain(decision.state)} by ${plain(decision.by)}`)] : []),
    ...(decision?.comment ? [point("Comment", plain(decision.comment))] : []),
  ];
}

function finding({ rule, title, severity, why, safer, excerpt }: Summary["findings"][number], index: number): string[] {
  const heading = `### ${index + 1}. ${plain(title)}`;
  const points = [point("Rule", `${plain(rule)} (${plain(severity)})`), point("Would have", plain(why)), point("Safer", plain(safer))];
  return [heading, "", ...points, "", fenced(excerpt), ""];
}

function value(detail: unknown): string {
  return Array.isArray(detail) ? detail.map(String).join(", ") : typeof detail === "object" ? JSON.stringify(detail) : String(detail);
}

function step({ at, who, what, detail }: IncidentReport["timeline"][number]): string {
  const told = Object.entries(detail).filter(([, each]) => each !== null && each !== undefined && value(each) !== "");
  const cells = [at, who, what, told.map(([key, each]) => `${key}: ${value(each)}`).join("; ")];
  return `| ${cells.map(plain).join(" | ")} |`;
}

/** Writes a report as Markdown. */
export function markdown(report: IncidentReport): string {
  const summary = report.summary as Summary;
  const { findings, findingsInAll } = summary;
  const more = findingsInAll > findings.length ? [`${findingsInAll - findings.length} more findings are not quoted here.`, ""] : [];
  return [
    `# Incident report: ${plain(summary.title)}`,
    "",
    `Post ${plain(report.postId)}, reported ${plain(report.generatedAt)}. Times are UTC.`,
    "",
    ...facts(summary),
    "",
    "## Timeline",
    "",
    "| When | Who | What | Detail |",
    "| --- | --- | --- | --- |",
    ...report.timeline.map(step),
    "",
    "## Findings",
    "",
    ...(findings.length === 0 ? ["None.", ""] : findings.flatMap(finding)),
    ...more,
  ].join("\n");
}
