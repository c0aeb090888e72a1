import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openSqlite } from "../store/sqlite.js";
import { folder } from "../testing/gate.js";
import { append, list, verify } from "./chain.js";

async function log(entries: number) {
  const store = await openSqlite(join(folder(), "audit.db"));
  onTestFinished(() => store.close());
  for (let number = 1; number <= entries; number++) {
    await append(store.db, [{ at: "2026-05-05T09:00:00Z", actor: "mira", action: "claimed", postId: `p${number}`, detail: { number } }]);
  }
  return store.db;
}

describe("the audit chain", () => {
  it("holds when nothing was changed", async () => {
    const db = await log(5);
    expect(await verify(db)).toEqual({ ok: true, entries: 5 });
    expect((await list(db, { after: 2, limit: 2 })).map((entry) => entry.detail)).toEqual([{ number: 3 }, { number: 4 }]);
  });

  it("names an entry that was changed", async () => {
    const db = await log(5);
    await db.updateTable("audit").set({ actor: "mallory" }).where("seq", "=", 3).execute();
    expect(await verify(db)).toMatchObject({ ok: false, seq: 3, reason: expect.stringContaining("changed") });
  });

  it("names an entry that was removed", async () => {
    const db = await log(5);
    await db.deleteFrom("audit").where("seq", "=", 2).execute();
    expect(await verify(db)).toMatchObject({ ok: false, seq: 2, reason: expect.stringContaining("missing") });
  });

  it("names an entry that was forged with a hash of its own", async () => {
    const [db, other] = [await log(5), await log(1)];
    const [forged] = await other.selectFrom("audit").selectAll().execute();
    await db
      .updateTable("audit")
      .set({ hash: forged?.hash ?? "", detail: forged?.detail ?? "" })
      .where("seq", "=", 4)
      .execute();
    expect(await verify(db)).toMatchObject({ ok: false, seq: 4 });
  });
});
