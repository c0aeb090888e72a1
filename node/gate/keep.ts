/**
 * Keeps a post's record, and with it what belongs to the record: the texts it had before, and the words it is found by.
 */
import { randomUUID } from "node:crypto";
import * as search from "../store/search.js";
import type { PostRow, Queries } from "../store/tables.js";
import { writePost } from "../store/write.js";

/** A record after it was written. */
export type KeptRecord = Pick<PostRow, "id" | "version" | "state">;

/** Remembers what a record said until `at` (RFC 3339), before another text replaces it; the same text again is no version. */
export async function keepVersion(queries: Queries, row: PostRow, contentHash: string, at: string): Promise<void> {
  if (row.contentHash === contentHash) return;
  const { id: postId, version, submission } = row;
  await queries.insertInto("versions").values({ postId, version, contentHash: row.contentHash, submission, replacedAt: at }).execute();
}

/** What a new text does not change: whose draft it is, and that a lead has to decide. */
function lasting(row: PostRow, values: Omit<PostRow, "id" | "version">) {
  const { escalatedBy, escalation } = row;
  return { owner: row.owner ?? values.owner, ...(values.state === "held" ? { escalatedBy, escalation } : {}) };
}

/**
 * Writes a record: a new one, or in place of `row`.
 *
 * @param values every column of it except id and version
 * @throws Overtaken when another process has changed `row` since it was read
 */
export async function keep(queries: Queries, values: Omit<PostRow, "id" | "version">, row: PostRow | undefined): Promise<KeptRecord> {
  const { state } = values;
  const id = row?.id ?? randomUUID();
  const version = (row?.version ?? 0) + 1;
  if (row === undefined)
    await queries
      .insertInto("posts")
      .values({ id, version, ...values })
      .execute();
  else {
    await keepVersion(queries, row, values.contentHash, values.submittedAt);
    await writePost(queries, row, { ...values, ...lasting(row, values) });
  }
  await search.put(queries, id, search.textOf(values));
  return { id, version, state };
}
