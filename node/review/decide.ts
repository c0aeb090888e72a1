/**
 * A moderator's step on a post: checked against what they saw, made durable with its receipt, its audit entry and what follows from it.
 */
import { ProblemError, type ProblemKind } from "../api/problems.js";
import type { Decision, PostDetail } from "../api/schema.js";
import { append } from "../audit/chain.js";
import type { Context } from "../context.js";
import { enqueue } from "../outbox/entry.js";
import type { PostRow, Queries, Undo } from "../store/tables.js";
import { Overtaken, writePost } from "../store/write.js";
import { APPROVED_ONCE } from "./approvals.js";
import { type Plan, plan, type StepRequest } from "./checks.js";
import { asOf } from "./claims.js";
import { plainComment } from "./comment.js";
import { escalationNotice, following } from "./follow.js";
import { type Redaction, type Rejudge, redact } from "./redact.js";
import { final } from "./states.js";
import { receiptId, takeBack } from "./undo.js";
import { detail, find } from "./view.js";

/** What deciding needs beyond the rooms' context: the engine, and whether the host takes published posts down itself. */
export type Review = { context: Context; judge: Rejudge; hostTakesDown: boolean };

/** A post after a step, or as it would be. */
export type Taken = { id: string; state: PostRow["state"]; version: number };

type Change = { row: PostRow; request: StepRequest; planned: Plan; redaction: Redaction | undefined; now: Date };

const later = (now: Date, ms: number) => new Date(now.getTime() + ms).toISOString();

function receiptOf({ signer }: Context, { row, redaction }: Change, { by, at, state }: Decision): Promise<string> {
  const published = redaction === undefined ? {} : { publishedHash: redaction.contentHash };
  const claims = { jti: receiptId(row.id, row.version + 1), sub: row.id, contentHash: row.contentHash, by, at, state };
  return signer.sign("receipt", { ...claims, ...published });
}

/** What the record's columns become by a decision that ends the review, and what is signed and set going by it. */
async function decided(review: Review, queries: Queries, change: Change, until: string) {
  const { row, request, planned, redaction, now } = change;
  const { moderator, comment = null } = request;
  const redactions = redaction === undefined ? {} : { redactions: redaction.spans };
  const decision = { by: moderator.id, at: now.toISOString(), comment, state: planned.state, ...redactions };
  const receipt = await receiptOf(review.context, change, decision);
  const made = { state: planned.state, by: moderator.id, comment, receipt, redaction };
  const outbox = await enqueue(queries, following(row, made, review.hostTakesDown), until);
  return { values: { decision: JSON.stringify(decision), decidedAt: decision.at, receipt }, outbox };
}

/** Who the post is left with: a step that ends nothing ends the claim, unless it is one. */
function claimAfter(review: Review, { row, request, now }: Change, state: PostRow["state"]) {
  if (final(state)) return { claimedBy: row.claimedBy, claimedUntil: row.claimedUntil };
  if (request.step !== "claim") return { claimedBy: null, claimedUntil: null };
  return { claimedBy: request.moderator.id, claimedUntil: later(now, review.context.desk.claimMs) };
}

async function escalated(queries: Queries, { row, request, now }: Change) {
  if (request.step !== "escalate") return {};
  const [at, comment] = [now.toISOString(), request.comment ?? ""];
  await enqueue(queries, [escalationNotice(row, comment)], at);
  return { escalatedBy: request.moderator.id, escalation: JSON.stringify({ at, comment }) };
}

/** What can be taken back of this change: a decision, or an approval that needs another. */
function undoOf(review: Review, { row, request, planned: { state, action } }: Change, until: string, outbox: number[]): string | null {
  if (review.context.desk.undoMs <= 0 || !(final(state) || action === APPROVED_ONCE)) return null;
  const { claimedBy, claimedUntil, escalatedBy } = row;
  const before = { state: row.state, claimedBy, claimedUntil, escalatedBy };
  const undo: Undo = { ...before, by: request.moderator.id, until, version: row.version + 1, action, outbox };
  return JSON.stringify(undo);
}

async function forward(review: Review, queries: Queries, change: Change) {
  const { planned, redaction, request, now } = change;
  const until = later(now, review.context.desk.undoMs);
  const made = final(planned.state) ? await decided(review, queries, change, until) : { values: {}, outbox: [] };
  const values = {
    state: planned.state,
    ...claimAfter(review, change, planned.state),
    ...(await escalated(queries, change)),
    ...made.values,
    undo: undoOf(review, change, until, made.outbox),
  };
  const taken = redaction === undefined ? {} : { publishedHash: redaction.contentHash, parts: redaction.spans.length };
  return { values, logged: { commented: request.comment !== undefined, ...taken } };
}

async function apply(review: Review, queries: Queries, change: Change): Promise<Taken> {
  const { row, request, planned, now } = change;
  const { id } = row;
  const { values, logged } = request.step === "undo" ? await takeBack(queries, row, now) : await forward(review, queries, change);
  const version = await writePost(queries, row, values);
  const said = { state: planned.state, version, contentHash: row.contentHash, ...logged };
  await append(queries, [{ at: now.toISOString(), actor: request.moderator.id, action: planned.action, postId: id, detail: said }]);
  return { id, state: planned.state, version };
}

/** The post as it stands, and where the step leads. */
async function look({ context }: Review, queries: Queries, request: StepRequest): Promise<Omit<Change, "redaction">> {
  const now = context.now();
  const row = asOf(await find(queries, request.id), now);
  return { row, request, planned: await plan(queries, row, request, now), now };
}

/** What a redaction leaves, judged before the transaction: the engine takes its time, and what is decided on is checked again in it. */
async function prepare(review: Review, request: StepRequest): Promise<Redaction | undefined> {
  if (request.step !== "redact") return undefined;
  const { row } = await look(review, review.context.db, request);
  const was = row.verdict === null ? null : JSON.parse(row.verdict);
  return redact(JSON.parse(row.submission), was, request.spans ?? [], review.judge);
}

/**
 * Says where a step would lead, and does nothing.
 *
 * @throws ProblemError as the step would
 */
export async function foresee(review: Review, request: StepRequest): Promise<Taken> {
  const { row, planned } = await look(review, review.context.db, request);
  return { id: row.id, state: planned.state, version: row.version + 1 };
}

/** Takes a step in a transaction of its own, and in it reads what came of it. */
async function step<T>(
  review: Review,
  { comment, ...asked }: StepRequest,
  read: (queries: Queries, taken: Taken) => Promise<T>,
): Promise<T> {
  const said = plainComment(comment);
  const request = said === undefined ? asked : { ...asked, comment: said };
  const redaction = await prepare(review, request);
  const work = async (queries: Queries) => {
    const change = { ...(await look(review, queries, request)), redaction };
    return read(queries, await apply(review, queries, change));
  };
  return review.context.db
    .transaction()
    .execute(work)
    .catch((error: unknown) => {
      throw error instanceof Overtaken ? new ProblemError("stale", "someone else was faster: look at the post again, then decide") : error;
    });
}

/**
 * Takes a step; whoever calls it rings.
 *
 * @throws ProblemError when the moderator may not, or when the post, its content or its state is not what they saw
 */
export function take(review: Review, request: StepRequest): Promise<Taken> {
  return step(review, request, async (_queries, taken) => taken);
}

const TOO_LATE: ReadonlySet<ProblemKind> = new Set<ProblemKind>(["stale", "content-changed", "state-conflict"]);

/** A refusal that comes of looking at an older post, with the post as it now is. */
async function withCurrent({ context }: Review, id: string, error: unknown): Promise<unknown> {
  if (!(error instanceof ProblemError) || !TOO_LATE.has(error.kind)) return error;
  return error.with({ current: await detail(context.db, await find(context.db, id), context.now()) });
}

/**
 * Takes a step and tells whoever listens.
 *
 * @returns the post after it
 * @throws ProblemError when the moderator may not, or when the post, its content or its state is not what they saw; `current` in it
 * is the post as it now is
 */
export async function decide(review: Review, request: StepRequest): Promise<PostDetail> {
  const { now, changed } = review.context;
  const after = step(review, request, async (queries, { id }) => detail(queries, await find(queries, id), now()));
  const post = await after.catch(async (error: unknown) => {
    throw await withCurrent(review, request.id, error);
  });
  changed.ring();
  return post;
}
