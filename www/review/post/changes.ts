// Says what became of a post between the version a moderator read and the one that stands.
import type { PostDetail } from "../api/types.js";

/** One thing that changed; a value of `null` is nobody or nothing. */
export type Change =
  | { what: "state"; from: string; to: string }
  | { what: "claimedBy" | "escalatedBy"; from: string | null; to: string | null }
  | { what: "content" }
  | { what: "decision"; by: string; comment: string | null }
  | { what: "approvals"; by: readonly string[] }
  | { what: "version"; from: number; to: number };

const people = (before: PostDetail, after: PostDetail): Change[] =>
  (["claimedBy", "escalatedBy"] as const)
    .filter((what) => before[what] !== after[what])
    .map((what) => ({ what, from: before[what], to: after[what] }));

/** Who approved meanwhile. */
function approved({ approvals: before }: PostDetail, { approvals: after }: PostDetail): Change[] {
  const by = after?.by.filter((who) => !before?.by.includes(who)) ?? [];
  return by.length ? [{ what: "approvals", by }] : [];
}

/** What is different in `after`, the most telling first; the version alone when nothing else is. */
export function changes(before: PostDetail, after: PostDetail): Change[] {
  const found: Change[] = [];
  if (before.contentHash !== after.contentHash) found.push({ what: "content" });
  if (before.state !== after.state) found.push({ what: "state", from: before.state, to: after.state });
  found.push(...people(before, after), ...approved(before, after));
  if (after.decision && !before.decision) found.push({ what: "decision", by: after.decision.by, comment: after.decision.comment });
  return found.length ? found : [{ what: "version", from: before.version, to: after.version }];
}
