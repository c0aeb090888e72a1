/**
 * Changing a post's record without overwriting what somebody else has made of it since it was read.
 */
import type { PostRow, PostTable, Queries } from "./tables.js";

/** Thrown to roll a transaction back whose record another process changed first. */
export class Overtaken extends Error {
  override name = "Overtaken";
}

/**
 * Writes `values` and the next version.
 *
 * @param row the record as it was read
 * @returns the new version
 * @throws Overtaken when the record is at another version by now
 */
export async function writePost(queries: Queries, row: Pick<PostRow, "id" | "version">, values: Partial<PostTable>): Promise<number> {
  const version = row.version + 1;
  const update = queries
    .updateTable("posts")
    .set({ ...values, version })
    .where("id", "=", row.id)
    .where("version", "=", row.version);
  const { numUpdatedRows } = await update.executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new Overtaken("the record has changed since it was read");
  return version;
}
