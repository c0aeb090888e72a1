/**
 * Claims: one moderator's for a while, then nobody's. Nothing has to run for a claim to end; whoever reads the record sees that it has.
 */
import type { PostRow } from "../store/tables.js";

/** The record as it stands at `now`: one whose claim has ended is held, and nobody's. */
export function asOf(row: PostRow, now: Date): PostRow {
  if (row.state !== "claimed" || row.claimedUntil === null || row.claimedUntil > now.toISOString()) return row;
  return { ...row, state: "held", claimedBy: null, claimedUntil: null };
}
