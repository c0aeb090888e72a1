/**
 * Erasing a post's text: on request, and when it has been kept long enough. The record, its hashes, receipt and log remain, so that
 * what was decided can still be proved; what it was about can no longer be read.
 */
import { ProblemError } from "../api/problems.js";
import type { PostState } from "../api/schema.js";
import { append } from "../audit/chain.js";
import type { Context } from "../context.js";
import { find } from "../review/view.js";
import * as search from "../store/search.js";
import type { Store } from "../store/store.js";
import type { PostRow, Queries } from "../store/tables.js";
import { writePost } from "../store/write.js";
import { emptyPayload, emptySubmission, emptyVerdict } from "./emptied.js";

/** Who has a text erased, and on what ground. The ground is logged for good: it names no person and quotes nothing. */
export type Erasure = { by: string; reason: string };

/** Posts that still wait for somebody: without their text there is nothing left to decide. */
const WAITING: ReadonlySet<PostState> = new Set(["held", "claimed", "blocked", "returned", "flagged"]);

async function onItsWay(queries: Queries, postId: string): Promise<boolean> {
  const waiting = queries.selectFrom("outbox").select("id").where("postId", "=", postId).where("doneAt", "is", null);
  return (await waiting.where("kind", "=", "publish").executeTakeFirst()) !== undefined;
}

function closed(row: PostRow, by: string, at: string) {
  if (!WAITING.has(row.state)) return {};
  const decision = JSON.stringify({ by, at, comment: null, state: "withdrawn" });
  return { state: "withdrawn", decision, decidedAt: at, receipt: null, claimedBy: null, claimedUntil: null } as const;
}

/** Takes the text out of everything that belongs to the post beside its record. */
async function around(queries: Queries, postId: string) {
  await search.forget(queries, postId);
  const versions = await queries.selectFrom("versions").select(["version", "submission"]).where("postId", "=", postId).execute();
  for (const { version, submission } of versions)
    await queries
      .updateTable("versions")
      .set({ submission: emptySubmission(submission) })
      .where("postId", "=", postId)
      .where("version", "=", version)
      .execute();
  const rows = await queries.selectFrom("outbox").select(["id", "payload"]).where("postId", "=", postId).execute();
  for (const { id, payload } of rows)
    await queries
      .updateTable("outbox")
      .set({ payload: emptyPayload(payload) })
      .where("id", "=", id)
      .execute();
  // Answers kept for repeated requests hold whole posts.
  await queries.deleteFrom("answers").where("body", "like", `%${postId}%`).execute();
}

/**
 * Erases one post within the caller's transaction; false when it was erased before.
 *
 * @throws ProblemError as {@link erase} does
 */
export async function eraseOne(queries: Queries, id: string, { by, reason }: Erasure, at: string): Promise<boolean> {
  const row = await find(queries, id);
  if (row.erasedAt !== null) return false;
  if (await onItsWay(queries, id))
    throw new ProblemError("state-conflict", "it is about to be published: wait until the forum has it, then erase it here and there");
  const values = {
    ...closed(row, by, at),
    submission: emptySubmission(row.submission),
    verdict: emptyVerdict(row.verdict),
    excerpt: "",
    threadTitle: null,
    undo: null,
    erasedAt: at,
  };
  const version = await writePost(queries, row, values);
  await around(queries, id);
  const state = values.state ?? row.state;
  await append(queries, [
    { at, actor: by, action: "erased", postId: id, detail: { state, version, contentHash: row.contentHash, reason } },
  ]);
  return true;
}

/** What erasing needs. */
export type Keeping = { context: Context; store: Pick<Store, "scrub"> };

/**
 * Erases a post's text wherever the gate keeps it: in its record, its earlier versions, the search index and what was handed to the
 * host. A post that waited for a decision is withdrawn by it. Once more does nothing.
 *
 * What it does not reach: the host's own copy, backups, and what others quote (a later post's thread context is that post's text).
 *
 * @throws ProblemError `not-found`; `state-conflict` while the post is on its way to being published
 */
export async function erase({ context, store }: Keeping, id: string, erasure: Erasure): Promise<void> {
  const at = context.now().toISOString();
  const erased = await context.db.transaction().execute((queries) => eraseOne(queries, id, erasure, at));
  if (!erased) return;
  await store.scrub();
  context.changed.ring();
}
