/**
 * Private drafts: what an agent wrote and nobody asked for, kept for the human it wrote for. Only they see it here, and only they
 * can publish it, which makes them the one who asked.
 */
import type { Submission } from "countersign";
import { ProblemError } from "../api/problems.js";
import type { PostDetail, PostSummary } from "../api/schema.js";
import type { SubmissionInput } from "../api/wire.js";
import { append } from "../audit/chain.js";
import type { Context } from "../context.js";
import { contentHash } from "../gate/hash.js";
import { keepVersion } from "../gate/keep.js";
import { short } from "../gate/record.js";
import { detail, find, summary, trail } from "../review/view.js";
import * as search from "../store/search.js";
import type { PostRow, Queries } from "../store/tables.js";
import { writePost } from "../store/write.js";

const DRAFT = ["blocked", "returned"] as const;

/** Someone's drafts, newest first. */
export async function list({ db, now }: Context, owner: string): Promise<PostSummary[]> {
  const select = db.selectFrom("posts").selectAll().where("owner", "=", owner).where("state", "in", DRAFT);
  return (await select.orderBy("submittedAt", "desc").orderBy("id").execute()).map((row) => summary(row, now()));
}

/**
 * The record of someone's own draft. Another's draft is answered like one that does not exist.
 *
 * @throws ProblemError `not-found`
 */
export async function own(queries: Queries, id: string, owner: string): Promise<PostRow> {
  const row = await find(queries, id);
  if (row.owner === owner && DRAFT.some((state) => state === row.state)) return row;
  throw new ProblemError("not-found", "you have no draft with this id: it may have been published or discarded already");
}

/** A draft with everything its owner may know of it: what moderators say among themselves they do not. */
async function shown(queries: Queries, row: PostRow, now: Date): Promise<PostDetail> {
  const { escalation: _among, ...known } = await detail(queries, row, now);
  return known;
}

/** One of someone's drafts. */
export async function get({ db, now }: Context, id: string, owner: string): Promise<PostDetail> {
  return shown(db, await own(db, id, owner), now());
}

/** How a draft is published. */
export type Publishing = {
  /** `agent`: as the agent's answer. `self`: under the owner's name, as which an edited draft always is. */
  as?: "agent" | "self";
  /** The content its owner has read; refused when it is another by now. */
  contentHash?: string;
};

/** Whether its owner, and not the agent, had the last hand in a draft's text. */
async function isEdited(queries: Queries, id: string): Promise<boolean> {
  const hands = (await trail(queries, id)).filter(({ action }) => action === "edited" || action === "submitted");
  return hands.at(-1)?.action === "edited";
}

/**
 * A draft that may be published so.
 *
 * @throws ProblemError when it is none of `owner`'s, has changed since they read it, or is not the agent's text any more
 */
export async function ready(queries: Queries, id: string, owner: string, how: Publishing): Promise<{ row: PostRow; ownName: boolean }> {
  const row = await own(queries, id, owner);
  if (how.contentHash !== undefined && how.contentHash !== row.contentHash)
    throw new ProblemError("content-changed", "the agent has changed the draft since you read it: read it again, then publish it");
  const edited = await isEdited(queries, id);
  if (edited && how.as === "agent")
    throw new ProblemError(
      "state-conflict",
      "you have edited it, so it is not the agent's answer any more: publish it under your own name",
    );
  return { row, ownName: how.as === "self" || edited };
}

/** The submission as the agent made it. */
export function asWritten(row: PostRow): SubmissionInput {
  const { now: _then, ...submission } = JSON.parse(row.submission);
  return submission;
}

/** The agent whose signature the gate had verified when the draft came in: the gate wrote it into the record itself. */
export function signedBy(row: PostRow): { verifiedAgent?: string } {
  const { verifiedAgent } = asWritten(row).post.client ?? {};
  return verifiedAgent === undefined ? {} : { verifiedAgent };
}

/** The same text as its owner's own post, which says that an agent helped. */
export function underName(row: PostRow, owner: string): SubmissionInput {
  const { post, ...rest } = asWritten(row);
  const { onBehalfOf: _agents, client: _agent, composition: _typed, revises: _before, ...own } = post;
  return { ...rest, post: { ...own, author: { id: owner, handle: owner, kind: "human" }, declared: { disclosure: "ai-assisted" } } };
}

/** Replaces a draft's text; it stays a draft. */
export async function edit(context: Context, id: string, owner: string, body: string): Promise<PostDetail> {
  const at = context.now().toISOString();
  const after = await context.db.transaction().execute(async (queries) => {
    const row = await own(queries, id, owner);
    const submission: Submission = JSON.parse(row.submission);
    submission.post.body = body.toWellFormed();
    const hash = contentHash(submission);
    await keepVersion(queries, row, hash, at);
    // The verdict was on another text; the new one is judged when it is published.
    const values = {
      submission: JSON.stringify(submission),
      contentHash: hash,
      excerpt: short(body),
      verdict: null,
      rules: "[]",
      undo: null,
    };
    const version = await writePost(queries, row, values);
    await search.put(queries, id, search.textOf({ ...row, ...values }));
    await append(queries, [{ at, actor: owner, action: "edited", postId: id, detail: { contentHash: hash, version } }]);
    return shown(queries, await find(queries, id), context.now());
  });
  context.changed.ring();
  return after;
}

/** Throws a draft away; its record stays for the audit. */
export async function discard(context: Context, id: string, owner: string): Promise<void> {
  const at = context.now().toISOString();
  await context.db.transaction().execute(async (queries) => {
    const row = await own(queries, id, owner);
    const decision = JSON.stringify({ by: owner, at, comment: null, state: "withdrawn" });
    const version = await writePost(queries, row, { state: "withdrawn", decision, decidedAt: at, undo: null });
    await append(queries, [{ at, actor: owner, action: "withdrawn", postId: id, detail: { state: "withdrawn", version } }]);
  });
  context.changed.ring();
}
