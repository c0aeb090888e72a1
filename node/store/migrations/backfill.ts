/**
 * Gives the records of a released version what the review desk finds them by, which until then stood only inside their JSON.
 */
import type { Submission, Verdict } from "countersign";
import type { Kysely } from "kysely";
import type { Decision } from "../../api/schema.js";
import * as search from "../search.js";
import type { PostRow, Tables } from "../tables.js";
import { recount } from "./derived.js";

const BATCH = 500;

const read = <T>(text: string | null): T | undefined => (text === null ? undefined : (JSON.parse(text) as T));

function values(row: PostRow) {
  const { post, thread }: Submission = JSON.parse(row.submission);
  const origin = read<Verdict>(row.verdict)?.origin;
  const own = row.authorKind === "agent" ? (post.client?.verifiedAgent ?? row.authorId) : null;
  return { agent: origin?.agent ?? own, category: thread?.category ?? null, decidedAt: read<Decision>(row.decision)?.at ?? null };
}

/** Fills in what is missing, record by record. */
export async function backfill(untyped: Kysely<unknown>): Promise<void> {
  const db = untyped as Kysely<Tables>;
  let after = "";
  for (;;) {
    const rows = await db.selectFrom("posts").selectAll().where("id", ">", after).orderBy("id").limit(BATCH).execute();
    for (const row of rows) {
      await db.updateTable("posts").set(values(row)).where("id", "=", row.id).execute();
      await search.put(db, row.id, search.textOf(row));
    }
    after = rows.at(-1)?.id ?? after;
    if (rows.length < BATCH) return recount(untyped);
  }
}
