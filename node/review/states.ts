/**
 * Which step leads where, as data. What is not here is refused.
 */
import type { PostState, Step } from "../api/schema.js";

/** From a state, by a step, to a state. */
export const STEPS: Partial<Record<PostState, Partial<Record<Step, PostState>>>> = {
  held: { claim: "claimed", approve: "approved", reject: "rejected", return: "returned" },
  claimed: { release: "held", approve: "approved", reject: "rejected", return: "returned" },
  flagged: { approve: "approved", reject: "rejected" },
  blocked: { approve: "approved", reject: "rejected" },
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
