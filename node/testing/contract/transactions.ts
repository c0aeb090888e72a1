/**
 * Transactions: all or nothing, one after another.
 */
import { describe, expect, it } from "vitest";
import { append, list, verify } from "../../audit/chain.js";
import type { Queries } from "../../store/tables.js";
import type { Setting } from "./setting.js";

const event = (postId: string) => ({ at: "2026-05-05T09:00:00.000Z", actor: "mira", action: "claimed", postId });
const seqs = async (queries: Queries) => (await list(queries)).map(({ seq }) => seq);

export function transactions({ store }: Setting): void {
  describe("a transaction", () => {
    it("leaves nothing behind when it fails", async () => {
      const { db } = await store();
      const failing = db.transaction().execute(async (queries) => {
        await append(queries, [event("p1")]);
        throw new Error("no");
      });
      await expect(failing).rejects.toThrow("no");
      expect(await list(db)).toEqual([]);
      await db.transaction().execute((queries) => append(queries, [event("p2")]));
      expect(await seqs(db)).toEqual([1]);
    });

    it("sees what the one before it left, however many begin at once", async () => {
      const { db } = await store();
      await db.insertInto("nonces").values({ id: "n", keyid: "k", until: "0" }).execute();
      const add = () =>
        db.transaction().execute(async (queries) => {
          const { until } = await queries.selectFrom("nonces").select("until").executeTakeFirstOrThrow();
          await queries
            .updateTable("nonces")
            .set({ until: String(Number(until) + 1) })
            .execute();
        });
      await Promise.all(Array.from({ length: 60 }, add));
      expect(await db.selectFrom("nonces").select("until").executeTakeFirstOrThrow()).toEqual({ until: "60" });
    });
  });

  describe("the audit log", () => {
    it("stays one chain when many append at once", async () => {
      const { db } = await store();
      const appends = Array.from({ length: 80 }, (_, index) =>
        db.transaction().execute((queries) => append(queries, [event(`p${index}`), event(`q${index}`)])),
      );
      await Promise.all(appends);
      expect(await verify(db)).toEqual({ ok: true, entries: 160 });
      expect(await seqs(db)).toEqual(Array.from({ length: 160 }, (_, index) => index + 1));
    });
  });

  it("counts in numbers and compares byte by byte", async () => {
    const { db } = await store();
    for (const id of ["a", "B", "é", "_", "a-b", "ab"]) await db.insertInto("nonces").values({ id, keyid: "k", until: "u" }).execute();
    const { count } = await db
      .selectFrom("nonces")
      .select((select) => select.fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    expect(count).toBe(6);
    const ids = await db.selectFrom("nonces").select("id").orderBy("id").execute();
    expect(ids.map(({ id }) => id)).toEqual(["B", "_", "a", "a-b", "ab", "é"]);
  });
}
