/**
 * How many different moderators have to approve a post, and who has: read from the verdict and from the log, so that neither can
 * be forgotten or counted twice.
 */
import type { Verdict } from "countersign";
import { ProblemError } from "../api/problems.js";
import type { Moderator } from "../api/schema.js";
import type { AuditTable, PostRow, Queries } from "../store/tables.js";

/** What the log calls an approval that needs another. */
export const APPROVED_ONCE = "approved-once";

/** What the log calls a decision that was taken back; its detail says which. */
export const UNDONE = "undone";

/** What the log calls the gate's own judgement, from which on approvals are counted anew. */
const JUDGED = ["held", "blocked"];

/** What the log calls sending a post back, which ends its approvals unless it is taken back. */
const RETURNED = "returned";

/** The most entries that are read: since a post was last judged there are few that count. */
const MOST_ENTRIES = 500;

/** Where a post's approvals stand; undefined when one is enough. */
export type Approvals = { needed: number; by: string[] };

type Entry = Pick<AuditTable, "action" | "actor" | "detail">;

/** Whose approvals stand, and whose did before the post was last sent back. */
type Standing = { now: Set<string>; before: Set<string> };

/** What one entry does to the approvals of `contentHash`. */
function after(standing: Standing, { action, actor, detail }: Entry, contentHash: string): Standing {
  const said = JSON.parse(detail);
  const what = action === UNDONE ? `${UNDONE} ${said.undid}` : action;
  if (what === RETURNED) return { now: new Set(), before: standing.now };
  if (what === `${UNDONE} ${RETURNED}`) return { ...standing, now: standing.before };
  if (what === `${UNDONE} ${APPROVED_ONCE}`) standing.now.delete(actor);
  if (what === APPROVED_ONCE && said.contentHash === contentHash) standing.now.add(actor);
  return standing;
}

/** Whose approvals stand, of the entries newest first: of this very content, given since it was last judged, not taken back. */
function given(newest: readonly Entry[], contentHash: string): string[] {
  const judged = newest.findIndex(({ action }) => JUDGED.includes(action));
  const since = (judged < 0 ? newest : newest.slice(0, judged)).toReversed();
  const start: Standing = { now: new Set(), before: new Set() };
  return [...since.reduce((standing, entry) => after(standing, entry, contentHash), start).now];
}

/** Where the approvals of `row` stand. */
export async function approvals(queries: Queries, row: PostRow): Promise<Approvals | undefined> {
  const needed = row.verdict === null ? 1 : ((JSON.parse(row.verdict) as Verdict).approvals ?? 1);
  if (needed <= 1) return undefined;
  const newest = await queries
    .selectFrom("audit")
    .select(["action", "actor", "detail"])
    .where("postId", "=", row.id)
    .where("action", "in", [...JUDGED, RETURNED, APPROVED_ONCE, UNDONE])
    .orderBy("seq", "desc")
    .limit(MOST_ENTRIES)
    .execute();
  return { needed, by: given(newest, row.contentHash) };
}

/**
 * Whether `moderator`'s approval still needs another's.
 *
 * @throws ProblemError when they have given theirs already
 */
export function needsAnother(standing: Approvals | undefined, moderator: Moderator): boolean {
  if (standing === undefined) return false;
  if (standing.by.includes(moderator.id))
    throw new ProblemError("conflict-of-interest", "you have approved it already: another moderator has to approve it too");
  return standing.by.length + 1 < standing.needed;
}
