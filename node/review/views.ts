/**
 * The searches a moderator keeps under a name of their own.
 */
import { ProblemError } from "../api/problems.js";
import type { Moderator, SavedView } from "../api/schema.js";
import type { Context } from "../context.js";
import type { Queries } from "../store/tables.js";

/** The most searches one moderator can keep. */
export const MOST_VIEWS = 50;

/** A moderator's searches, by name. */
export function listViews(queries: Queries, { id }: Moderator): Promise<SavedView[]> {
  return queries.selectFrom("views").select(["name", "query"]).where("moderator", "=", id).orderBy("name").execute();
}

/**
 * Keeps a search, in place of the one of the same name.
 *
 * @throws ProblemError `too-many` when there is no room for another
 */
export async function putView({ db, now }: Context, { id }: Moderator, { name, query }: SavedView): Promise<SavedView> {
  const at = now().toISOString();
  await db.transaction().execute(async (queries) => {
    const kept = await queries.selectFrom("views").select("name").where("moderator", "=", id).execute();
    if (kept.length >= MOST_VIEWS && !kept.some((view) => view.name === name))
      throw new ProblemError("too-many", `you keep ${MOST_VIEWS} searches: remove one first`);
    await queries
      .insertInto("views")
      .values({ moderator: id, name, query, at })
      .onConflict((conflict) => conflict.columns(["moderator", "name"]).doUpdateSet({ query, at }))
      .execute();
  });
  return { name, query };
}

/**
 * Forgets a search.
 *
 * @throws ProblemError `not-found` when the moderator keeps none of this name
 */
export async function removeView(queries: Queries, { id }: Moderator, name: string): Promise<void> {
  const removed = await queries.deleteFrom("views").where("moderator", "=", id).where("name", "=", name).executeTakeFirst();
  if (removed.numDeletedRows === 0n) throw new ProblemError("not-found", "you keep no search of this name: reload your searches");
}
