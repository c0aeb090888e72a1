// Which steps the page offers on a post: what its state allows, to whom. The service decides; this keeps dead buttons off the page.
import type { Moderator, PostDetail, PostState, PostSummary, Step } from "../api/types.js";

const OPEN = ["approve", "redact", "reject", "return", "escalate"] as const;
const STEPS: Partial<Record<PostState, readonly Step[]>> = {
  held: ["claim", ...OPEN],
  claimed: ["release", ...OPEN],
  flagged: ["approve", "reject"],
  blocked: ["approve", "redact", "reject"],
};

/** Steps after which the post is decided, or somebody else's, and the next one is due. */
export const MOVES_ON: readonly Step[] = ["approve", "redact", "reject", "return", "escalate"];

/** The steps that let a post's words out. */
const PUBLISHING: readonly Step[] = ["approve", "redact"];

/** The steps there are on a post. One that is somebody's private draft has none. */
export const stepsOn = (post: PostSummary): readonly Step[] =>
  post.state === "blocked" && post.onBehalfOf !== null ? [] : (STEPS[post.state] ?? []);

/** Why a moderator may not take a step others may; the names of sentences of the page. */
export type Bar = "auditor" | "claimed" | "escalated" | "involved" | "approved";

/** Whether `moderator` wrote the post, asked for it, invoked its agent or runs it: somebody else has to let it out. */
export function involved(post: PostSummary | PostDetail, { id }: Moderator): boolean {
  const operator = "operator" in post ? post.operator : null;
  return [post.author.id, post.agent, post.onBehalfOf, post.asker, operator].includes(id);
}

const approvedBy = (post: PostSummary | PostDetail, { id }: Moderator) =>
  "approvals" in post && post.approvals !== undefined && post.approvals.by.includes(id);

/** What keeps `moderator` from `step`, or null. */
export function barred(step: Step, post: PostSummary | PostDetail, moderator: Moderator): Bar | null {
  const lead = moderator.role === "lead";
  if (moderator.role === "auditor") return "auditor";
  if (post.state === "claimed" && post.claimedBy !== moderator.id && !lead) return "claimed";
  if (post.escalatedBy !== null && !lead) return "escalated";
  if (PUBLISHING.includes(step) && involved(post, moderator)) return "involved";
  return PUBLISHING.includes(step) && approvedBy(post, moderator) ? "approved" : null;
}

/** Whether the page offers `step` on a post to `moderator`. */
export function allowed(step: Step, post: PostSummary | PostDetail, moderator: Moderator): boolean {
  const steps = stepsOn(post);
  if (step === "escalate" && moderator.role === "lead") return false;
  return steps.includes(step) && barred(step, post, moderator) === null;
}

/** Whether `moderator` can still take back the decision on a post; `now` in milliseconds. */
export const undoable = ({ undo }: PostDetail, { id }: Moderator, now: number): boolean =>
  undo !== null && undo.by === id && Date.parse(undo.until) > now;

/** What a step makes of a post, shown before the service has answered. `claimMs` is how long a claim lasts. */
export function guess(post: PostDetail, step: Step, by: string, claimMs: number): PostDetail {
  const free = { claimedBy: null, claimedUntil: null };
  const more = post.approvals !== undefined && post.approvals.by.length + 1 < post.approvals.needed;
  switch (step) {
    case "claim":
      return { ...post, state: "claimed", claimedBy: by, claimedUntil: new Date(Date.now() + claimMs).toISOString() };
    case "release":
      return { ...post, ...free, state: "held" };
    case "approve":
    case "redact":
      return more ? { ...post, ...free, state: "held" } : { ...post, state: "approved" };
    case "reject":
      return { ...post, state: "rejected" };
    case "return":
      return { ...post, state: "returned" };
    case "escalate":
      return { ...post, ...free, state: "held", escalatedBy: by };
    case "undo":
      return post;
  }
}
