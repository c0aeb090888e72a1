/**
 * What every host does with an outcome: publish, or answer with the gate's own refusal.
 */
import type { Gate, Outcome, SubmissionInput, SubmitExtras } from "countersign/gate";

/** A refusal as an HTTP host answers it. */
export type Refusal = NonNullable<Outcome["problem"]>;

/** Whether a post may be published. Anything the host does not know is not. */
export function mayPublish({ action }: Pick<Outcome, "action">): boolean {
  return action === "publish" || action === "label" || action === "flag";
}

/** The refusal of an outcome that may not be published. */
export function refused({ problem, postId }: Pick<Outcome, "problem" | "postId">): Refusal {
  const otherwise = { type: "urn:countersign:problem:refused", title: "not published", status: 403, detail: "a moderator decides", postId };
  return problem ?? otherwise;
}

/** The problem document an error carries, where it is one of the gate's. */
export function problemOf(error: unknown): Refusal | null {
  const { problem } = (error ?? {}) as { problem?: Refusal };
  return typeof problem?.type === "string" && problem.type.startsWith("urn:countersign:problem:") ? problem : null;
}

/** A post as the host hands it over, with what came along. */
export type Wanted = { submission: SubmissionInput; extras?: SubmitExtras };

/** Asks a gate: a post that names the version it replaces is an edit. */
export function ask({ submit, revise }: Partial<Pick<Gate, "submit" | "revise">>, { submission, extras }: Wanted): Promise<Outcome> {
  const judge = submission.post.revises === undefined ? submit : revise;
  if (judge === undefined) throw new Error("this gate does not judge: hand over the whole gate");
  return judge(submission, extras);
}
