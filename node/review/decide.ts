/**
 * A moderator's step on a post: checked against what they saw, made durable with its receipt and its audit entry, then told.
 */
import type { Verdict } from "countersign";
import type { Notice } from "../api/host.js";
import { ProblemError } from "../api/problems.js";
import type { Decision, Moderator, PostDetail, PostState, Step } from "../api/schema.js";
import { append } from "../audit/chain.js";
import type { Context } from "../context.js";
import { enqueue } from "../outbox/outbox.js";
import type { PostRow, Queries } from "../store/tables.js";
import { APPROVED_ONCE, approvals, needsAnother } from "./approvals.js";
import { DONE, STEPS } from "./states.js";
import { detail, find, trail } from "./view.js";

/** A step on exactly this content at exactly this version. */
export type StepRequest = { step: Step; id: string; moderator: Moderator; contentHash: string; version: number; comment?: string };

const ROLES: Record<Moderator["role"], boolean> = { moderator: true, lead: true, auditor: false };

/** What stands in the moderator's own way: who they are to this post. */
function interest(row: PostRow, moderator: Moderator): string | undefined {
  const people: [string | null, string][] = [
    [row.authorId, "you are its author"],
    [row.operator, "you operate the agent that wrote it"],
    [row.onBehalfOf, "the agent wrote it on your behalf"],
    [row.asker, "you asked for it"],
  ];
  return people.find(([id]) => id === moderator.id)?.[1];
}

/** Refuses with `kind`, showing the post as it now stands. */
async function refuse(queries: Queries, row: PostRow, kind: "stale" | "content-changed" | "state-conflict", why: string): Promise<never> {
  throw new ProblemError(kind, why, { current: await detail(queries, row) });
}

async function checkFresh(queries: Queries, row: PostRow, request: StepRequest) {
  if (row.contentHash !== request.contentHash)
    await refuse(queries, row, "content-changed", "the text is not the one you decided on: read the new text, then decide again");
  if (row.version !== request.version)
    await refuse(queries, row, "stale", "the post is at another version than the one you saw: look at it again, then decide");
}

async function target(queries: Queries, row: PostRow, { step, moderator }: StepRequest): Promise<PostState> {
  const next = STEPS[row.state]?.[step];
  if (next === undefined) return refuse(queries, row, "state-conflict", `a post that is ${row.state} cannot be ${DONE[step]}`);
  const others = row.state === "claimed" && row.claimedBy !== moderator.id && moderator.role !== "lead";
  if (others) return refuse(queries, row, "state-conflict", `\`${row.claimedBy}\` is looking at it: wait for them, or ask a lead`);
  if (row.state === "blocked" && row.owner !== null)
    return refuse(queries, row, "state-conflict", `it is a private draft of \`${row.owner}\`, who may publish or discard it`);
  if (step !== "approve" || !needsAnother(approvals(row, await trail(queries, row.id)), moderator)) return next;
  return row.state === "claimed" ? "held" : row.state;
}

function mayDecide(row: PostRow, { step, moderator }: StepRequest) {
  if (!ROLES[moderator.role]) throw new ProblemError("role-insufficient", "an auditor reads and does not decide: ask a moderator");
  const mine = step === "approve" ? interest(row, moderator) : undefined;
  if (mine !== undefined) throw new ProblemError("conflict-of-interest", `${mine}: another moderator has to approve it`);
}

const DECIDED = new Set<PostState>(["approved", "rejected", "returned"]);
const final = (state: PostState) => DECIDED.has(state);

async function receiptOf(context: Context, row: PostRow, decision: Decision): Promise<string> {
  const { by, at, state } = decision;
  return context.signer.sign("receipt", { jti: `${row.id}:${row.version + 1}`, sub: row.id, contentHash: row.contentHash, by, at, state });
}

/** How an approved post is published: its label stays, its finding no longer veils it. */
function published(row: PostRow): "publish" | "label" {
  const origin = row.verdict === null ? undefined : (JSON.parse(row.verdict) as Verdict).origin;
  const said = origin !== undefined && (origin.basis === "verified" || origin.basis === "declared") && origin.label !== "human";
  return said || row.authorKind === "agent" || row.authorKind === "service" ? "label" : "publish";
}

async function apply(context: Context, queries: Queries, row: PostRow, request: StepRequest, state: PostState): Promise<void> {
  const { step, moderator, comment = null } = request;
  const at = context.now().toISOString();
  const decision = final(state) ? { by: moderator.id, at, comment, state } : null;
  const receipt = decision ? await receiptOf(context, row, decision) : null;
  const version = row.version + 1;
  const claimedBy = step === "claim" ? moderator.id : final(state) ? row.claimedBy : null;
  const values = { state, version, claimedBy, receipt, decision: decision && JSON.stringify(decision) };
  await queries.updateTable("posts").set(values).where("id", "=", row.id).where("version", "=", row.version).executeTakeFirstOrThrow();
  const action = step === "approve" && decision === null ? APPROVED_ONCE : DONE[step];
  const logged = { state, version, contentHash: row.contentHash, commented: comment !== null };
  await append(queries, [{ at, actor: moderator.id, action, postId: row.id, detail: logged }]);
  // A flagged post is published already: its approval clears the veil and publishes nothing.
  if (state !== "approved" || row.state === "flagged") return;
  const { id, contentHash } = row;
  const verdict = row.verdict === null ? null : JSON.parse(row.verdict);
  await enqueue(
    queries,
    { id, submission: JSON.parse(row.submission), verdict, contentHash, action: published(row), by: moderator.id, receipt },
    at,
  );
}

const MESSAGES: Partial<Record<PostState, string>> = {
  approved: "a moderator approved the post",
  rejected: "a moderator rejected the post",
  returned: "a moderator returned the post as a draft",
};

/** Those who have to hear of a decision: the author or its owner, and whoever asked. */
function notices(row: PostRow, { comment }: StepRequest, state: PostState): Notice[] {
  const message = MESSAGES[state];
  if (message === undefined) return [];
  const people = new Set([row.owner ?? row.authorId, row.asker].filter((id) => id !== null));
  const said = comment ? `${message}: ${comment}` : message;
  return [...people].map((to) => ({ to, kind: state as Notice["kind"], postId: row.id, message: said }));
}

/**
 * Takes a step.
 *
 * @returns the post after it
 * @throws ProblemError when the moderator may not, or when the post, its content or its state is not what they saw
 */
export async function decide(context: Context, request: StepRequest): Promise<PostDetail> {
  const { after, told } = await context.db.transaction().execute(async (queries) => {
    const row = await find(queries, request.id);
    mayDecide(row, request);
    await checkFresh(queries, row, request);
    const state = await target(queries, row, request);
    await apply(context, queries, row, request, state);
    return { after: await detail(queries, await find(queries, row.id)), told: notices(row, request, state) };
  });
  context.changed.ring();
  for (const notice of told) context.notify(notice);
  return after;
}
