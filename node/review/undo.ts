/**
 * Taking back: for a moment after a decision nothing has followed from it yet, and whoever made it can put the post back as it was.
 */
import { ProblemError } from "../api/problems.js";
import type { PostDetail } from "../api/schema.js";
import type { PostRow, Queries, Undo } from "../store/tables.js";

/** What can be taken back of a post at `now`: its last decision, when nothing has happened since. */
export function lastDecision(row: PostRow, now: Date): Undo | null {
  if (row.undo === null) return null;
  const undo: Undo = JSON.parse(row.undo);
  return undo.version === row.version && undo.until > now.toISOString() ? undo : null;
}

/** The same as moderators see it. */
export function undoable(row: PostRow, now: Date): PostDetail["undo"] {
  const undo = lastDecision(row, now);
  return undo && { by: undo.by, until: undo.until };
}

/** What an undecided post has in the columns that a decision fills. */
export const UNDECIDED = { decision: null, decidedAt: null, receipt: null, undo: null } as const;

/**
 * Takes what a decision put into the outbox out again, within the caller's transaction.
 *
 * @throws ProblemError `state-conflict` when some of it has been taken up for delivery
 */
async function withhold(queries: Queries, { outbox, until }: Undo) {
  if (outbox.length === 0) return;
  // Whoever delivers a row first moves its `nextAt`: of the two, only one finds it as it was.
  const removed = await queries
    .deleteFrom("outbox")
    .where("id", "in", outbox)
    .where("doneAt", "is", null)
    .where("attempts", "=", 0)
    .where("nextAt", "=", until)
    .executeTakeFirst();
  if (Number(removed.numDeletedRows) !== outbox.length)
    throw new ProblemError(
      "state-conflict",
      "it is on its way already and cannot be taken back: decide anew, or tell the people concerned",
    );
}

/**
 * Takes back the last decision, within the caller's transaction.
 *
 * @returns what the record is to say again, and for the log what was taken back and which receipt is void
 */
export async function takeBack(queries: Queries, row: PostRow, now: Date) {
  const undo = lastDecision(row, now);
  if (undo === null) throw new ProblemError("state-conflict", "there is nothing that can still be taken back");
  await withhold(queries, undo);
  const { state, claimedBy, claimedUntil, escalatedBy } = undo;
  const logged = { undid: undo.action, ...(row.receipt === null ? {} : { voids: receiptId(row.id, row.version) }) };
  return { values: { state, claimedBy, claimedUntil, escalatedBy, ...UNDECIDED }, logged };
}

/** The id (`jti`) of the receipt of the decision that made a post's `version`. */
export const receiptId = (id: string, version: number): string => `${id}:${version}`;
