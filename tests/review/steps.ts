/**
 * What a step makes of a post, as the service would, or why it is refused.
 */
import type { DecisionRequest, Moderator, PostDetail, Problem, Step } from "../../node/api/schema.js";

/** Milliseconds a decision can be undone, and a claim lasts. */
export const SETTINGS = { undoMs: 10_000, claimMs: 900_000 };

const DECIDED: Partial<Record<Step, PostDetail["state"]>> = {
  approve: "approved",
  redact: "approved",
  reject: "rejected",
  return: "returned",
};
const OPEN = ["held", "claimed", "flagged", "blocked"];
const ACTIONS: Readonly<Record<Step, string>> = {
  claim: "claimed",
  release: "released",
  approve: "approved",
  redact: "redacted",
  reject: "rejected",
  return: "returned",
  escalate: "escalated",
  undo: "undone",
};

/** A refusal in the service's shape. */
export const refusal = (status: number, title: string, current?: PostDetail): Problem => ({
  type: "about:blank",
  title,
  status,
  detail: title,
  ...(current ? { current } : {}),
});

function mayUndo(post: PostDetail, by: Moderator): Problem | null {
  const open = post.undo?.by === by.id && Date.parse(post.undo.until) > Date.now();
  return open ? null : refusal(409, "the decision cannot be taken back any more", post);
}

/** The engine of the stand-in: what a redaction has to take out is what says `chmod`. */
function unsafe(post: PostDetail, spans: NonNullable<DecisionRequest["spans"]>): Problem | null {
  const out = (start: number) => spans.some((span) => span.field === "body" && span.start <= start && start < span.end);
  const left = [...post.submission.post.body.matchAll(/chmod/g)].filter(({ index }) => !out(index));
  if (left.length === 0) return null;
  const findings = left.map(({ index }) => ({
    rule: "shell/chmod",
    title: "Still changes a mode",
    severity: "high" as const,
    span: { field: "body", start: index, end: index + 9 },
  }));
  return { ...refusal(409, "what is left would still change permissions"), findings } as Problem;
}

/** What a step has to say beside its name. */
function incomplete(post: PostDetail, step: Step, { comment, spans }: DecisionRequest): Problem | null {
  if (step === "escalate" && !comment) return refusal(400, "say why a lead has to decide it");
  return step === "redact" && spans ? unsafe(post, spans) : null;
}

/** Why `by` may not take a step; null when they may. */
export function refused(post: PostDetail, { step, ...request }: DecisionRequest & { step: Step }, by: Moderator): Problem | null {
  if (by.role === "auditor") return refusal(403, "auditors decide nothing");
  if (step === "undo") return mayUndo(post, by);
  if (!OPEN.includes(post.state)) return refusal(409, `the post is ${post.state} already`, post);
  if (post.state === "claimed" && post.claimedBy !== by.id && by.role !== "lead")
    return refusal(409, `${post.claimedBy} has claimed it`, post);
  if (post.escalatedBy !== null && DECIDED[step] && by.role !== "lead") return refusal(403, "a lead decides it");
  const form = incomplete(post, step, request);
  if (form) return form;
  if (post.asker === by.id && (step === "approve" || step === "redact"))
    return refusal(403, "you asked for it: another moderator approves it");
  return null;
}

function change(post: PostDetail, step: Step, by: Moderator, request: DecisionRequest): Partial<PostDetail> {
  const at = new Date().toISOString();
  const until = (ms: number) => new Date(Date.now() + ms).toISOString();
  if (step === "claim") return { state: "claimed", claimedBy: by.id, claimedUntil: until(SETTINGS.claimMs) };
  if (step === "release") return { state: "held", claimedBy: null, claimedUntil: null };
  if (step === "escalate")
    return {
      state: "held",
      claimedBy: null,
      claimedUntil: null,
      escalatedBy: by.id,
      escalation: { by: by.id, at, comment: request.comment ?? "" },
    };
  if (step === "undo") return { state: "held", claimedBy: null, claimedUntil: null, decision: null, undo: null };
  const { approvals } = post;
  if (step === "approve" && approvals && approvals.by.length + 1 < approvals.needed)
    return { state: "held", claimedBy: null, approvals: { ...approvals, by: [...approvals.by, by.id] } };
  const state = DECIDED[step] ?? post.state;
  const redactions = request.spans ? { redactions: request.spans } : {};
  const decision = { by: by.id, at, comment: request.comment ?? null, state, ...redactions };
  return { state, claimedBy: by.id, decidedAt: at, decision, undo: { by: by.id, until: until(SETTINGS.undoMs) } };
}

/** The post after a step. */
export function stepped(post: PostDetail, step: Step, by: Moderator, request: DecisionRequest): PostDetail {
  const last = post.audit.at(-1);
  const entry = {
    seq: (last?.seq ?? 0) + 1,
    at: new Date().toISOString(),
    actor: by.id,
    action: ACTIONS[step],
    postId: post.id,
    detail: request.comment ? { comment: request.comment } : {},
    previous: last?.hash ?? "",
    hash: "f".repeat(64),
  };
  return { ...post, ...change(post, step, by, request), version: post.version + 1, audit: [...post.audit, entry] };
}
