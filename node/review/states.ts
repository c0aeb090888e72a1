/**
 * Which step leads where, as data. What is not here is refused; where `undo` leads the record itself says.
 */
import type { PostState, Step } from "../api/schema.js";

const OPEN = { approve: "approved", redact: "approved", reject: "rejected", return: "returned", escalate: "held" } as const;

/** From a state, by a step, to a state. Claiming again prolongs the claim. */
export const STEPS: Partial<Record<PostState, Partial<Record<Step, PostState>>>> = {
  held: { ...OPEN, claim: "claimed" },
  claimed: { ...OPEN, claim: "claimed", release: "held" },
  flagged: { approve: "approved", reject: "rejected" },
  blocked: { approve: "approved", redact: "approved", reject: "rejected" },
};

/** The word of each step in the audit log. */
export const DONE: Record<Step, string> = {
  claim: "claimed",
  release: "released",
  approve: "approved",
  reject: "rejected",
  return: "returned",
  redact: "redacted",
  escalate: "escalated",
  undo: "undone",
};

/** The steps that let a post through: nobody takes them in their own matter. */
export const APPROVING: ReadonlySet<Step> = new Set<Step>(["approve", "redact"]);

const DECIDED: ReadonlySet<PostState> = new Set<PostState>(["approved", "rejected", "returned"]);

/** Whether a state ends a review. */
export const final = (state: PostState): boolean => DECIDED.has(state);
