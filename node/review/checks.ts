/**
 * Whether a moderator may take a step on a post as it stands, and where it leads: everything that can be said before anything is done.
 */

import type { SeenDecision } from "../api/host.js";
import { ProblemError } from "../api/problems.js";
import type { Moderator, PostState, Step } from "../api/schema.js";
import type { PostRow, Queries } from "../store/tables.js";
import { APPROVED_ONCE, approvals, needsAnother } from "./approvals.js";
import { APPROVING, DONE, final, STEPS } from "./states.js";
import { lastDecision } from "./undo.js";

/** A step on exactly this content at exactly this version. */
export type StepRequest = SeenDecision & { step: Step; id: string; moderator: Moderator };

/** Where a step leads, and what the audit log calls it. */
export type Plan = { state: PostState; action: string };

const ROLES: Record<Moderator["role"], boolean> = { moderator: true, lead: true, auditor: false };

type People = Pick<PostRow, "authorId" | "agent" | "operator" | "onBehalfOf" | "asker">;

/** What stands in the moderator's own way: who they are to this post. */
export function interest(row: People, moderator: Moderator): string | undefined {
  const people: [string | null, string][] = [
    [row.authorId, "you are its author"],
    [row.agent, "you are the agent that wrote it"],
    [row.operator, "you operate the agent that wrote it"],
    [row.onBehalfOf, "the agent wrote it on your behalf"],
    [row.asker, "you asked for it"],
  ];
  return people.find(([id]) => id === moderator.id)?.[1];
}

function mayDecide(row: PostRow, { step, moderator }: StepRequest) {
  if (!ROLES[moderator.role]) throw new ProblemError("role-insufficient", "an auditor reads and does not decide: ask a moderator");
  const mine = APPROVING.has(step) ? interest(row, moderator) : undefined;
  if (mine !== undefined) throw new ProblemError("conflict-of-interest", `${mine}: another moderator has to approve it`);
}

function checkForm({ step, comment, spans }: StepRequest) {
  if (step === "escalate" && !comment?.trim())
    throw new ProblemError("malformed-request", "`comment`: say why a lead has to decide this, so that they need not guess");
  if ((step === "redact") !== (spans !== undefined))
    throw new ProblemError("malformed-request", "`spans`: name the parts to take out with `redact`, and with no other step");
}

function checkFresh(row: PostRow, { contentHash, version }: StepRequest) {
  if (row.contentHash !== contentHash)
    throw new ProblemError("content-changed", "the text is not the one you decided on: read the new text, then decide again");
  if (row.version !== version)
    throw new ProblemError("stale", "the post is at another version than the one you saw: look at it again, then decide");
}

const conflict = (why: string) => new ProblemError("state-conflict", why);

function checkTurn(row: PostRow, { moderator }: StepRequest) {
  const lead = moderator.role === "lead";
  if (row.state === "claimed" && row.claimedBy !== moderator.id && !lead)
    throw conflict(`\`${row.claimedBy}\` is looking at it: wait for them, or ask a lead`);
  if (row.state === "blocked" && row.owner !== null)
    throw conflict(`it is a private draft of \`${row.owner}\`, who may publish or discard it`);
  if (row.escalatedBy !== null && !lead)
    throw new ProblemError("role-insufficient", `\`${row.escalatedBy}\` handed it to the leads: a lead decides it`);
}

/** What an approval comes to: a post that takes another stays open. */
async function approval(queries: Queries, row: PostRow, { moderator }: StepRequest, state: PostState): Promise<Plan> {
  if (!needsAnother(await approvals(queries, row), moderator)) return { state, action: DONE.approve };
  return { state: row.state === "claimed" ? "held" : row.state, action: APPROVED_ONCE };
}

function undoing(row: PostRow, { moderator }: StepRequest, now: Date): Plan {
  const undo = lastDecision(row, now);
  if (undo === null) throw conflict("there is nothing that can still be taken back");
  if (undo.by !== moderator.id) throw conflict(`only \`${undo.by}\`, who decided it, can take it back`);
  return { state: undo.state, action: DONE.undo };
}

/**
 * Where a step leads.
 *
 * @param row the post as it stands at `now`
 * @throws ProblemError when the moderator may not, or when the post, its content or its state is not what they saw
 */
export async function plan(queries: Queries, row: PostRow, request: StepRequest, now: Date): Promise<Plan> {
  const { step } = request;
  checkForm(request);
  mayDecide(row, request);
  checkFresh(row, request);
  if (step === "undo") return undoing(row, request, now);
  const state = STEPS[row.state]?.[step];
  if (state === undefined) throw conflict(`a post that is ${row.state} cannot be ${DONE[step]}`);
  checkTurn(row, request);
  if (step === "escalate" && row.escalatedBy !== null) throw conflict("it waits for a lead already");
  return step === "approve" && final(state) ? approval(queries, row, request, state) : { state, action: DONE[step] };
}
