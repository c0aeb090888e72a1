/**
 * What is left of a record when its text is erased: who, where, when, which rules and which hashes. What to keep is listed, so that
 * a field added later goes with the text unless somebody decides otherwise.
 */
import type { Finding, Submission, Verdict } from "countersign";

/** A submission without anything anybody wrote: of the thread only that there was one. */
export function emptiedSubmission({ id, post, thread, now }: Submission): Submission {
  const { thread: where, replyTo, at, format, author, onBehalfOf, client, declared, revises } = post;
  const kept = { id: post.id, thread: where, replyTo, at, format, body: "", author, onBehalfOf, client, declared, revises };
  const place = thread === undefined ? undefined : { id: thread.id, author: thread.author, category: thread.category, posts: [] };
  // Through JSON, so that what was absent stays absent.
  return JSON.parse(JSON.stringify({ id, post: kept, thread: place, now }));
}

function emptiedFinding(finding: Finding): Finding {
  const { rule, title, category, direction, severity, stance, field, span, why, safer, references, fingerprint } = finding;
  const kept = { rule, title, category, direction, severity, stance, field, span, why, safer, references, fingerprint };
  return { ...kept, excerpt: "", decoded: [] };
}

/** A verdict without what it quotes. */
export function emptiedVerdict(verdict: Verdict): Verdict {
  const { action, reasons, origin, request, findings, mentions, contentHash, approvals, engine } = verdict;
  const { label, basis, agent, onBehalfOf, digitalSourceType, evidence } = origin;
  const signals = evidence.map(({ signal }) => ({ signal, detail: "" }));
  const kept = {
    action,
    reasons,
    origin: { label, basis, agent, onBehalfOf, digitalSourceType, evidence: signals },
    request: { ...request, why: "" },
    findings: findings.map(emptiedFinding),
    mentions: mentions.map(emptiedFinding),
    contentHash,
    approvals,
    engine,
  };
  return JSON.parse(JSON.stringify(kept));
}

/** JSON of a submission, emptied. */
export const emptySubmission = (json: string): string => JSON.stringify(emptiedSubmission(JSON.parse(json)));

/** JSON of a verdict, emptied. */
export const emptyVerdict = (json: string | null): string | null =>
  json === null ? null : JSON.stringify(emptiedVerdict(JSON.parse(json)));

/** JSON of what was handed to the host, emptied: its ids and hashes stay. */
export function emptyPayload(json: string): string {
  const { submission, verdict, ...rest } = JSON.parse(json) as { submission?: Submission; verdict?: Verdict | null };
  return JSON.stringify({
    ...rest,
    ...(submission ? { submission: emptiedSubmission(submission) } : {}),
    ...(verdict ? { verdict: emptiedVerdict(verdict) } : {}),
  });
}
