// Which steps the page offers on a post: what its state allows, to whom. The service decides; this keeps dead buttons off the page.
import type { Moderator, PostState, PostSummary, Step } from "../api/types.js";

const STEPS: Partial<Record<PostState, readonly Step[]>> = {
  held: ["claim", "approve", "reject", "return"],
  claimed: ["release", "approve", "reject", "return"],
  flagged: ["approve", "reject"],
  blocked: ["approve", "reject"],
};

/** The steps there are on a post. One that is somebody's private draft has none. */
export const stepsOn = (post: PostSummary): readonly Step[] =>
  post.state === "blocked" && post.onBehalfOf !== null ? [] : (STEPS[post.state] ?? []);

/** Whether `moderator` may take `step`: an auditor none, a lead also what somebody else has claimed. */
export function allowed(step: Step, post: PostSummary, moderator: Moderator): boolean {
  if (moderator.role === "auditor" || !stepsOn(post).includes(step)) return false;
  const others = post.state === "claimed" && post.claimedBy !== moderator.id;
  return !others || (moderator.role === "lead" && step !== "release");
}
