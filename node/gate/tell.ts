/**
 * Puts a judgement into words: the refusal the author's program reads, and the notices people get. Neither repeats the held text.
 */
import type { Notice } from "../api/host.js";
import { type ProblemExtras, problem } from "../api/problems.js";
import type { Problem } from "../api/schema.js";
import { explainUndecided, type Judged } from "./judge.js";

const sentence = (parts: string[]) => [...new Set(parts)].join("; ");

function blocked({ verdict, notes }: Judged, owner: string | null, postId: string): Problem {
  const draft = owner === null ? "the moderators hold it as a draft" : `it is a private draft of \`${owner}\``;
  if (verdict?.request.status === "unrequested")
    return problem("unrequested", sentence([verdict.request.why, ...notes]), { draft, postId });
  return problem("refused", sentence([verdict?.reasons[0]?.message ?? "the policy refuses it", ...notes]), { draft, postId });
}

function held({ verdict, undecided, notes }: Judged, postId: string): Problem {
  const extras: ProblemExtras = { draft: "it waits in the moderators' queue, unseen by anyone else", postId };
  if (undecided !== undefined) return problem("undecided", sentence([explainUndecided(undecided), ...notes]), extras);
  const found = verdict?.findings.map((finding) => finding.title) ?? [];
  const reasons = verdict?.reasons.map((reason) => reason.message) ?? [];
  return problem("held", sentence(found.length > 0 ? found : reasons) || "the policy holds it", extras);
}

/** The problem document of a post that was held or blocked; undefined for one that is published. */
export function refusal(judged: Judged, owner: string | null, postId: string): Problem | undefined {
  if (judged.action === "block") return blocked(judged, owner, postId);
  return judged.action === "hold" ? held(judged, postId) : undefined;
}

/** Who has to hear of a judgement. */
export function notices({ action }: Judged, owner: string | null, postId: string): Notice[] {
  const draft = "a post was not published and is a private draft: read it, then publish or discard it";
  if (action === "block") return [{ to: owner, kind: "draft", postId, message: draft }];
  if (action === "flag") return [{ to: null, kind: "flagged", postId, message: "a post was published with an instruction veiled" }];
  if (action !== "hold") return [];
  const waits: Notice = { to: null, kind: "held", postId, message: "a post waits for a decision" };
  return owner === null
    ? [waits]
    : [waits, { ...waits, to: owner, message: "your post, or one written for you, waits for a moderator's decision" }];
}
