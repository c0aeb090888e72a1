/**
 * How many different moderators have to approve a post, and who has: read from the verdict and from the log, so that neither can
 * be forgotten or counted twice.
 */
import type { Verdict } from "countersign";
import { ProblemError } from "../api/problems.js";
import type { AuditEntry, Moderator } from "../api/schema.js";
import type { PostRow } from "../store/tables.js";

/** What the log calls an approval that needs another. */
export const APPROVED_ONCE = "approved-once";

const JUDGED = new Set(["held", "blocked", "returned"]);

/** Where a post's approvals stand; undefined when one is enough. */
export type Approvals = { needed: number; by: string[] };

/** Where the approvals of `row` stand. Only those of this very content count, and only since it was last judged. */
export function approvals(row: PostRow, trail: readonly AuditEntry[]): Approvals | undefined {
  const needed = row.verdict === null ? 1 : ((JSON.parse(row.verdict) as Verdict).approvals ?? 1);
  if (needed <= 1) return undefined;
  const since = trail.findLastIndex(({ action }) => JUDGED.has(action));
  const given = trail.slice(since + 1).filter(({ action, detail }) => action === APPROVED_ONCE && detail.contentHash === row.contentHash);
  return { needed, by: [...new Set(given.map(({ actor }) => actor))] };
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
