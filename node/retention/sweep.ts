/**
 * Erases texts that have been kept long enough.
 */
import { ProblemError } from "../api/problems.js";
import type { Queries } from "../store/tables.js";
import { eraseOne, type Keeping } from "./erase.js";

const DAY_MS = 86_400_000;
const BATCH = 100;

/** The ground that is logged. */
const KEPT_LONG_ENOUGH = "kept as long as the retention policy says";

async function due(queries: Queries, before: string, after: string): Promise<string[]> {
  const kept = queries.selectFrom("posts").select("id").where("erasedAt", "is", null).where("decidedAt", "<=", before);
  return (await kept.where("id", ">", after).orderBy("id").limit(BATCH).execute()).map(({ id }) => id);
}

async function tryOne({ context }: Keeping, id: string): Promise<boolean> {
  const at = context.now().toISOString();
  const erasure = { by: "countersign", reason: KEPT_LONG_ENOUGH };
  try {
    return await context.db.transaction().execute((queries) => eraseOne(queries, id, erasure, at));
  } catch (error) {
    // What is still on its way is looked for again the next time.
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

async function eraseBefore(keeping: Keeping, before: string): Promise<number> {
  const { db, ended } = keeping.context;
  let [count, last] = [0, ""];
  while (!ended.aborted) {
    const ids = await due(db, before, last);
    for (const id of ids) if (await tryOne(keeping, id)) count += 1;
    if (ids.length < BATCH) break;
    last = ids.at(-1) ?? last;
  }
  return count;
}

/**
 * Erases the text of every post decided more than `days` ago; of none when `days` is left out.
 *
 * @returns how many posts that were
 */
export async function eraseOld(keeping: Keeping, days: number | undefined): Promise<number> {
  if (days === undefined) return 0;
  const { context, store } = keeping;
  const count = await eraseBefore(keeping, new Date(context.now().getTime() - days * DAY_MS).toISOString());
  if (count > 0) {
    await store.scrub();
    context.changed.ring();
  }
  return count;
}
