/**
 * What the database counts by itself is what counting would give, whatever happened to the posts.
 */
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import type { PostState } from "../../api/schema.js";
import { append } from "../../audit/chain.js";
import { recount } from "../../store/migrations/derived.js";
import type { Queries } from "../../store/tables.js";
import { counts, facets, history } from "../../store/totals.js";
import { fill, POSTS } from "./queue.js";
import type { Setting } from "./setting.js";

async function derived(queries: Queries) {
  const all = async (table: "totals" | "tallies" | "postRules") => {
    const rows = await queries.selectFrom(table).selectAll().execute();
    return rows
      .filter((row) => !("count" in row) || row.count !== 0)
      .map((row) => JSON.stringify(Object.entries(row).sort()))
      .sort();
  };
  return { totals: await all("totals"), tallies: await all("tallies"), rules: await all("postRules") };
}

async function stir(queries: Queries) {
  const states: PostState[] = ["held", "claimed", "approved", "rejected", "flagged"];
  for (const [index, { id }] of POSTS.entries()) {
    const state = states[index % states.length] as PostState;
    const other = index % 2 === 0 ? { rules: '["cloud/public-bucket"]', category: "new" } : { escalatedBy: "lea", agent: null };
    await queries
      .updateTable("posts")
      .set({ state, severity: index % 5, ...other })
      .where("id", "=", id)
      .execute();
  }
  await queries.updateTable("posts").set({ claimedBy: "mira" }).where("state", "=", "claimed").execute();
  await queries.deleteFrom("posts").where("authorId", "=", "dana").where("state", "=", "held").execute();
}

export function totals({ store }: Setting): void {
  describe("totals", () => {
    it("are what counting gives, after posts came, changed and went", async () => {
      const { db } = await store();
      await db.transaction().execute(async (queries) => {
        await fill(queries);
        await stir(queries);
      });
      const kept = await derived(db);
      const { rows } = await sql<{ state: string; count: number }>`select state, count(*) as count from posts group by state`.execute(db);
      const of = (...states: string[]) => rows.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0);
      expect(await counts(db)).toMatchObject({ open: of("held", "claimed"), approved: of("approved"), flagged: of("flagged") });
      await recount(db as never);
      expect(kept).toEqual(await derived(db));
    });

    it("name what the queue can be narrowed to, the most frequent first", async () => {
      const { db } = await store();
      await db.transaction().execute(fill);
      const { authors, rules, categories, severities } = await facets(db, "all");
      const count = (test: (row: (typeof POSTS)[number]) => boolean) => POSTS.filter(test).length;
      const helper = count(({ authorId, agent }) => authorId === "helper" || agent === "helper");
      expect(authors).toContainEqual({ value: "helper", handle: "Helper", count: helper });
      expect(rules[0]).toEqual({ value: "shell/chmod-world", count: count((row) => row.rules.includes("chmod-world")) });
      expect(categories).toContainEqual({ value: "it", count: count(({ category }) => category === "it") });
      expect(severities).toContainEqual({ value: "critical", count: count(({ severity }) => severity === 4) });
      expect((await facets(db)).severities.reduce((sum, one) => sum + one.count, 0)).toBeLessThan(POSTS.length);
    });

    it("tell an author's history", async () => {
      const { db } = await store();
      await db.transaction().execute(fill);
      const at = "2026-05-05T09:00:00.000Z";
      const passed = { at, actor: "countersign", action: "labelled", postId: "unrecorded", detail: { author: "bot" } };
      await append(db, [passed, { ...passed, postId: POSTS[0]?.id ?? "" }, { ...passed, action: "held" }]);
      const own = POSTS.filter(({ authorId, agent }) => authorId === "bot" || agent === "bot");
      expect(await history(db, "bot")).toEqual({
        posted: own.filter(({ state }) => ["approved", "flagged", "published"].includes(state)).length + 1,
        held: own.filter(({ action }) => action === "hold").length,
        rejected: own.filter(({ state }) => state === "rejected").length,
      });
    });
  });
}
