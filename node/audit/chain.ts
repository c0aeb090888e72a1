/**
 * The audit log: append-only, each entry carrying the hash of the one before, so that a changed, removed or reordered entry shows.
 *
 * An entry's hash is the SHA-256 of the JSON array `[previous, seq, at, actor, action, postId, detail]`, `detail` being JSON text;
 * the first entry's `previous` is 64 zeros.
 */
import { createHash } from "node:crypto";
import type { AuditEntry } from "../api/schema.js";
import type { AuditTable, Queries } from "../store/tables.js";

/** What the first entry names as the one before it. */
export const GENESIS = "0".repeat(64);

/** What is to be logged. `detail` holds ids, codes and hashes; never the text of a post. */
export type Event = { at: string; actor: string; action: string; postId: string | null; detail?: Record<string, unknown> };

/** The answer of a verification: every entry holds, or the first that does not. */
export type Verification = { ok: true; entries: number } | { ok: false; seq: number; reason: string };

function digest(row: Omit<AuditTable, "hash">): string {
  const { previous, seq, at, actor, action, postId, detail } = row;
  return createHash("sha256")
    .update(JSON.stringify([previous, seq, at, actor, action, postId, detail]))
    .digest("hex");
}

/** Appends `events`, in order, within the caller's transaction. */
export async function append(queries: Queries, events: Event[]): Promise<void> {
  const last = await queries.selectFrom("audit").select(["seq", "hash"]).orderBy("seq", "desc").limit(1).executeTakeFirst();
  let { seq, hash } = last ?? { seq: 0, hash: GENESIS };
  const rows = events.map(({ detail = {}, ...event }) => {
    const row = { ...event, seq: ++seq, detail: JSON.stringify(detail), previous: hash };
    hash = digest(row);
    return { ...row, hash };
  });
  if (rows.length > 0) await queries.insertInto("audit").values(rows).execute();
}

/** An entry as the API shows it. */
export function entry(row: AuditTable): AuditEntry {
  return { ...row, detail: JSON.parse(row.detail) };
}

/** Which entries are asked for: of one post, of one actor, between two sequence numbers, the newest first or the oldest. */
export type AuditQuery = { postId?: string; actor?: string; after?: number; before?: number; newest?: boolean; limit?: number };

/** Entries in order. */
export async function list(queries: Queries, query: AuditQuery = {}): Promise<AuditEntry[]> {
  let select = queries
    .selectFrom("audit")
    .selectAll()
    .orderBy("seq", query.newest ? "desc" : "asc")
    .limit(query.limit ?? 1000);
  if (query.actor !== undefined) select = select.where("actor", "=", query.actor);
  if (query.before !== undefined) select = select.where("seq", "<", query.before);
  if (query.postId !== undefined) select = select.where("postId", "=", query.postId);
  if (query.after !== undefined) select = select.where("seq", ">", query.after);
  return (await select.execute()).map(entry);
}

/** What is wrong with `row` as the entry `seq` after the one whose hash is `previous`; undefined when nothing is. */
export function fault(row: AuditTable, seq: number, previous: string): string | undefined {
  if (row.seq !== seq) return `entry ${seq} is missing`;
  if (row.previous !== previous) return `entry ${seq} does not follow the entry before it`;
  if (row.hash !== digest(row)) return `entry ${seq} was changed after it was written`;
  return undefined;
}

const PAGE = 1000;

/** Walks the whole chain, a page at a time. */
export async function verify(queries: Queries): Promise<Verification> {
  let [seq, previous] = [0, GENESIS];
  for (;;) {
    const rows = await queries.selectFrom("audit").selectAll().where("seq", ">", seq).orderBy("seq").limit(PAGE).execute();
    for (const row of rows) {
      const reason = fault(row, seq + 1, previous);
      if (reason) return { ok: false, seq: seq + 1, reason };
      [seq, previous] = [row.seq, row.hash];
    }
    if (rows.length < PAGE) return { ok: true, entries: seq };
  }
}
