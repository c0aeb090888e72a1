/**
 * The record of a post that was kept back or flagged: what the moderators' queue lists and the owner's draft is.
 */
import type { Submission, Verdict } from "countersign";
import type { PostRow } from "../store/tables.js";
import { explainUndecided, type Judged } from "./judge.js";

/** Severity as a number that sorts: 0 none, 1 low … 4 critical. */
export const SEVERITIES = ["low", "medium", "high", "critical"] as const;

/** What the gate does with a post it keeps a record of. */
export type Kept = "hold" | "block" | "flag";

/** The state each action starts in. */
export const STATE_OF = { hold: "held", block: "blocked", flag: "flagged" } as const;

const EXCERPT = 200;

/** A short text for a list: control characters made visible, so that none reaches a column or a terminal. */
export function short(text: string): string {
  const plain = text.slice(0, EXCERPT).toWellFormed();
  return plain.replaceAll(/\p{Cc}/gu, (character) => (/\s/.test(character) ? " " : "\uFFFD"));
}

function worst(verdict: Verdict | undefined): Verdict["findings"][number] | undefined {
  const rank = (severity: (typeof SEVERITIES)[number]) => SEVERITIES.indexOf(severity);
  return [...(verdict?.findings ?? [])].sort((a, b) => rank(b.severity) - rank(a.severity))[0];
}

function headline(judged: Judged): string {
  const { verdict, undecided } = judged;
  if (undecided !== undefined) return explainUndecided(undecided);
  return (
    worst(verdict)?.title ??
    verdict?.reasons[0]?.message ??
    (judged.action === "block" ? "nobody asked for this post here" : "held by policy")
  );
}

/** The agent a post comes from, as the policy's registry knows it. */
export function agentOf({ post }: Submission): string {
  return post.client?.verifiedAgent ?? post.author.id;
}

/** Whose private draft a post becomes: the invoker's, the agent's operator's, a human author's own; null: the moderators'. */
export function ownerOf({ submission, verdict }: Judged, operator: string | null): string | null {
  const { author, onBehalfOf } = submission.post;
  const self = author.kind === "agent" || author.kind === "service" ? null : author.id;
  return onBehalfOf ?? verdict?.origin.onBehalfOf ?? operator ?? self;
}

function people(judged: Judged, operator: string | null) {
  const { submission, verdict } = judged;
  const { author, onBehalfOf } = submission.post;
  return {
    authorId: author.id,
    authorHandle: short(author.handle ?? author.id),
    authorKind: author.kind ?? "unknown",
    agent: verdict?.origin.agent ?? (author.kind === "agent" ? agentOf(submission) : null),
    onBehalfOf: onBehalfOf ?? verdict?.origin.onBehalfOf ?? null,
    operator,
    asker: verdict?.request.by ?? null,
    owner: ownerOf(judged, operator),
  };
}

/** The rank of a post held for not being read: it may say anything, so it comes before all that was. */
const UNREAD = SEVERITIES.length + 1;

/** A moment in UTC, so that it sorts; null when it is none. */
function utc(at: string | undefined): string | null {
  const ms = Date.parse(at ?? "");
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

/** Every column of a record except its id and version. */
export function record(judged: Judged, action: Kept, operator: string | null, at: string): Omit<PostRow, "id" | "version"> {
  const { submission, verdict, undecided, notes, contentHash } = judged;
  const { post, thread } = submission;
  const top = worst(verdict);
  const threadTitle = thread?.title ?? post.fields?.title;
  return {
    ...people(judged, operator),
    state: STATE_OF[action],
    action,
    severity: top ? SEVERITIES.indexOf(top.severity) + 1 : action === "hold" ? UNREAD : 0,
    title: short(headline(judged)),
    excerpt: short(top?.excerpt ?? post.body),
    threadId: post.thread ?? thread?.id ?? "",
    threadTitle: threadTitle === undefined ? null : short(threadTitle),
    category: thread?.category ?? null,
    submittedAt: at,
    writtenAt: utc(post.at),
    decidedAt: null,
    claimedBy: null,
    claimedUntil: null,
    escalatedBy: null,
    escalation: null,
    undo: null,
    erasedAt: null,
    rules: JSON.stringify([...new Set(verdict?.findings.map((finding) => finding.rule))]),
    submission: JSON.stringify(submission),
    verdict: verdict === undefined ? null : JSON.stringify(verdict),
    undecided: undecided ?? null,
    notes: JSON.stringify(notes),
    contentHash,
    revises: post.revises ?? null,
    decision: null,
    receipt: null,
  };
}
