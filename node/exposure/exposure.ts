/**
 * Who saw a post while it was readable: what an incident is measured by.
 */
import type { Sighting } from "../api/host.js";
import { ProblemError } from "../api/problems.js";
import type { Exposure } from "../api/schema.js";
import type { Context } from "../context.js";
import type { Queries } from "../store/tables.js";

async function recorded(queries: Queries, sighting: Sighting): Promise<string[]> {
  const posts = queries.selectFrom("posts").select("id");
  const found = "postId" in sighting ? posts.where("id", "=", sighting.postId) : posts.where("contentHash", "=", sighting.contentHash);
  return (await found.limit(100).execute()).map(({ id }) => id);
}

function moment(at: string | undefined, now: Date): string {
  const ms = at === undefined ? now.getTime() : Date.parse(at);
  if (Number.isNaN(ms)) throw new ProblemError("malformed-request", "`at`: write it like `2026-11-22T09:00:00Z`");
  return new Date(Math.min(ms, now.getTime())).toISOString();
}

/**
 * Notes that somebody saw a post. Seen again, the first time stays.
 *
 * @returns how many records it was noted for; 0 when the post is not recorded here
 * @throws ProblemError `malformed-request`
 */
export async function record({ db, now }: Pick<Context, "db" | "now">, sighting: Sighting): Promise<number> {
  const seenAt = moment(sighting.at, now());
  const ids = await recorded(db, sighting);
  if (ids.length === 0) return 0;
  const acknowledgedAt = sighting.acknowledged ? seenAt : null;
  await db
    .insertInto("exposures")
    .values(ids.map((postId) => ({ postId, reader: sighting.reader, seenAt, acknowledgedAt })))
    .onConflict((conflict) =>
      conflict.columns(["postId", "reader"]).doUpdateSet((eb) => ({
        seenAt: eb
          .case()
          .when("excluded.seenAt", "<", eb.ref("exposures.seenAt"))
          .then(eb.ref("excluded.seenAt"))
          .else(eb.ref("exposures.seenAt"))
          .end(),
        acknowledgedAt: eb.fn.coalesce("exposures.acknowledgedAt", "excluded.acknowledgedAt"),
      })),
    )
    .execute();
  return ids.length;
}

/** How many people saw, and how many read past the veil of, the post of an id. */
export async function exposureOf(queries: Queries, id: string): Promise<Exposure> {
  const row = await queries
    .selectFrom("exposures")
    .select((eb) => [eb.fn.countAll().as("seen"), eb.fn.count("acknowledgedAt").as("acknowledged")])
    .where("postId", "=", id)
    .executeTakeFirst();
  return { seen: Number(row?.seen ?? 0), acknowledged: Number(row?.acknowledged ?? 0) };
}
