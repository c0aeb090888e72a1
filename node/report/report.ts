/**
 * The incident report of one post: what it was, what it would have done, who decided, who saw it, and when.
 */
import type { Finding, Submission, Verdict } from "countersign";
import type { IncidentReport } from "../api/schema.js";
import type { Context } from "../context.js";
import { exposureOf } from "../exposure/exposure.js";
import { explainUndecided } from "../gate/judge.js";
import { summary } from "../review/view.js";
import type { PostRow } from "../store/tables.js";
import { timeline } from "./timeline.js";

type Timeline = IncidentReport["timeline"];

/** Findings a report quotes. */
const MOST_FINDINGS = 50;

/** Entries that took the post, or its veil, out of readers' sight; and those that put it there. */
const CONTAINED = ["held", "blocked", "flagged"];
const DECIDED = ["approved", "rejected", "returned", "redacted"];

function quoted({ rule, title, severity, direction, why, safer, field, excerpt, decoded }: Finding) {
  return { rule, title, severity, direction, why, safer, field, excerpt, decoded };
}

const between = (from: string | undefined, to: string | undefined): number | null => {
  const ms = Date.parse(to ?? "") - Date.parse(from ?? "");
  return Number.isNaN(ms) ? null : Math.max(0, ms);
};

/** Milliseconds from one milestone to the next; null where one of them is missing. */
function durations(entries: Timeline, row: PostRow) {
  const contained = entries.find(({ what }) => CONTAINED.includes(what))?.at;
  const decided = entries.findLast(({ what }) => DECIDED.includes(what))?.at;
  return { timeToHold: between(row.writtenAt ?? undefined, contained), timeToDecision: between(contained, decided) };
}

function about(row: PostRow, submission: Submission, verdict: Verdict | undefined, at: Date) {
  const { id, version, state, action, severity, title, author, agent, onBehalfOf, asker, thread, category, submittedAt, rules } = summary(
    row,
    at,
  );
  return {
    post: id,
    state,
    action,
    severity,
    title,
    rules,
    author,
    agent,
    operator: row.operator,
    onBehalfOf,
    asker,
    thread,
    category,
    submittedAt,
    version,
    contentHash: row.contentHash,
    hostId: submission.post.id ?? null,
    request: verdict?.request.why ?? null,
    undecided: row.undecided === null ? null : explainUndecided(row.undecided),
    engine: verdict?.engine ?? null,
  };
}

/** Builds the report of a record. */
export async function report({ db, now }: Pick<Context, "db" | "now">, row: PostRow): Promise<IncidentReport> {
  const submission = JSON.parse(row.submission) as Submission;
  const verdict = row.verdict === null ? undefined : (JSON.parse(row.verdict) as Verdict);
  const entries = await timeline(db, row);
  const findings = verdict?.findings ?? [];
  return {
    postId: row.id,
    generatedAt: now().toISOString(),
    summary: {
      ...about(row, submission, verdict, now()),
      decision: row.decision === null ? null : JSON.parse(row.decision),
      exposure: await exposureOf(db, row.id),
      durations: durations(entries, row),
      findings: row.erasedAt === null ? findings.slice(0, MOST_FINDINGS).map(quoted) : [],
      findingsInAll: findings.length,
      erasedAt: row.erasedAt,
    },
    timeline: entries,
  };
}
