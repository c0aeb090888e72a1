/**
 * What can wait in the outbox, and how it gets there.
 */
import type { ApprovedPost, Notice, WithdrawnPost } from "../api/host.js";
import type { Queries } from "../store/tables.js";

/** Something the host has yet to be told: a post to publish, one to take down, or a word to a person. */
export type Entry = { postId: string } & (
  | { kind: "publish"; payload: ApprovedPost }
  | { kind: "withdraw"; payload: WithdrawnPost }
  | { kind: "notice"; payload: Notice }
);

/**
 * Puts entries into the outbox, within the caller's transaction.
 *
 * @param nextAt when they may leave at the earliest, RFC 3339
 * @returns their ids, with which they can be taken out again until then
 */
export async function enqueue(queries: Queries, entries: readonly Entry[], nextAt: string): Promise<number[]> {
  if (entries.length === 0) return [];
  const values = entries.map(({ postId, kind, payload }) => {
    return { postId, kind, payload: JSON.stringify(payload), attempts: 0, nextAt, doneAt: null };
  });
  const rows = await queries.insertInto("outbox").values(values).returning("id").execute();
  return rows.map(({ id }) => Number(id));
}
