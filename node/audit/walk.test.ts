/**
 * What shows when somebody who owns the database changes the log: in its middle by the chain, at its end by a signed checkpoint.
 */
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createSigner, type Signer } from "../grants/signer.js";
import { openSqlite } from "../store/sqlite.js";
import type { Queries } from "../store/tables.js";
import { folder } from "../testing/gate.js";
import { ownKey } from "../testing/stores.js";
import { append } from "./chain.js";
import { checkpoint, readCheckpoints } from "./checkpoint.js";
import { exported } from "./export.js";
import { Chain, pages, rowOf, walk } from "./walk.js";

const now = () => new Date("2026-05-05T10:00:00Z");
const event = (number: number, actor = "mira") => ({
  at: `2026-05-05T09:00:0${number % 10}.000Z`,
  actor,
  action: "claimed",
  postId: `p${number}`,
  detail: { number },
});

async function log(entries: number) {
  const store = await openSqlite(join(folder(), "audit.db"));
  onTestFinished(() => store.close());
  await append(
    store.db,
    Array.from({ length: entries }, (_, index) => event(index + 1)),
  );
  return store.db;
}

async function newSigner(): Promise<Signer> {
  const { signingKey } = await ownKey();
  return createSigner(signingKey ?? {}, "test");
}

/** Writes everything from `seq` on anew, as somebody would who knows how the chain is made. */
async function forgeFrom(db: Queries, seq: number, entries: number) {
  await db.deleteFrom("audit").where("seq", ">=", seq).execute();
  await append(
    db,
    Array.from({ length: entries }, (_, index) => event(seq + index, "mallory")),
  );
}

async function swap(db: Queries, one: number, other: number) {
  for (const [from, to] of [
    [one, 9_999],
    [other, one],
    [9_999, other],
  ] as const)
    await db.updateTable("audit").set({ seq: to }).where("seq", "=", from).execute();
}

const tampered: [string, (db: Queries) => Promise<unknown>, number][] = [
  ["an actor changed", (db) => db.updateTable("audit").set({ actor: "mallory" }).where("seq", "=", 3).execute(), 3],
  ["a time changed", (db) => db.updateTable("audit").set({ at: "2026-05-04T09:00:00.000Z" }).where("seq", "=", 1).execute(), 1],
  ["a detail changed", (db) => db.updateTable("audit").set({ detail: "{}" }).where("seq", "=", 4).execute(), 4],
  ["an entry removed", (db) => db.deleteFrom("audit").where("seq", "=", 2).execute(), 2],
  ["the first entry removed", (db) => db.deleteFrom("audit").where("seq", "=", 1).execute(), 1],
  ["two entries swapped", (db) => swap(db, 2, 3), 2],
];

describe("the chain", () => {
  it.each(tampered)("names %s", async (_name, tamper, seq) => {
    const db = await log(5);
    await tamper(db);
    expect(await walk(pages(db))).toMatchObject({ ok: false, seq });
  });

  it("is followed over many pages", async () => {
    const db = await log(1_203);
    expect(await walk(pages(db))).toEqual({ ok: true, entries: 1_203 });
    await db.updateTable("audit").set({ actor: "mallory" }).where("seq", "=", 1_001).execute();
    expect(await walk(pages(db))).toMatchObject({ ok: false, seq: 1_001 });
  });
});

describe("a signed checkpoint", () => {
  async function anchored(entries: number) {
    const [db, signer] = [await log(entries), await newSigner()];
    const signed = (await checkpoint({ db, signer, now })) ?? "";
    return { db, signer, signed, anchors: await readCheckpoints(`${signed}\n\n`, { keys: signer.keys() }) };
  }

  it("holds for the log it was made of, and for what was added later", async () => {
    const { db, anchors } = await anchored(5);
    expect(await walk(pages(db), anchors)).toEqual({ ok: true, entries: 5 });
    await append(db, [event(6)]);
    expect(await walk(pages(db), anchors)).toEqual({ ok: true, entries: 6 });
  });

  it("shows that the end was cut off, which the chain alone does not", async () => {
    const { db, anchors } = await anchored(5);
    await db.deleteFrom("audit").where("seq", ">", 3).execute();
    expect(await walk(pages(db))).toEqual({ ok: true, entries: 3 });
    expect(await walk(pages(db), anchors)).toMatchObject({ ok: false, seq: 4, reason: expect.stringContaining("names entry 5") });
  });

  it("shows that the end was forged with hashes of its own", async () => {
    const { db, anchors } = await anchored(5);
    await forgeFrom(db, 4, 3);
    expect(await walk(pages(db))).toEqual({ ok: true, entries: 6 });
    expect(await walk(pages(db), anchors)).toMatchObject({ ok: false, seq: 5, reason: expect.stringContaining("written anew") });
  });

  it("is no one's who has not the gate's key, nor a receipt passed off as one", async () => {
    const { signer, signed } = await anchored(2);
    await expect(readCheckpoints(signed, { keys: (await newSigner()).keys() })).rejects.toThrow(
      "line 1 is no checkpoint of this gate: none of these keys",
    );
    const [head, , signature] = signed.split(".");
    const forged = [head, Buffer.from(JSON.stringify({ seq: 1, hash: "0".repeat(64), at: "x" })).toString("base64url"), signature].join(
      ".",
    );
    await expect(readCheckpoints(`\n${forged}`, { keys: signer.keys() })).rejects.toThrow("line 2");
    const receipt = await signer.sign("receipt", { seq: 1, hash: "0".repeat(64), at: "x" });
    await expect(readCheckpoints(receipt, { keys: signer.keys() })).rejects.toThrow("its signature does not hold");
  });
});

describe("an export", () => {
  const read = async (pieces: AsyncIterable<string>) => {
    let text = "";
    for await (const piece of pieces) text += piece;
    return text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  };

  it("holds every entry as it is, so that its chain can be followed without the store", async () => {
    const db = await log(612);
    const entries = await read(exported(db, "jsonl"));
    const chain = new Chain();
    expect(entries.map((entry) => chain.take(rowOf(entry))).filter((fault) => fault !== undefined)).toEqual([]);
    expect(chain.end()).toEqual({ ok: true, entries: 612 });
  });

  it("leaves out what is older than asked for", async () => {
    const entries = await read(exported(await log(9), "jsonl", "2026-05-05T09:00:07.000Z"));
    expect(entries.map(({ seq }) => seq)).toEqual([7, 8, 9]);
  });

  it("reads on only when what was read is taken", async () => {
    const db = await log(2_000);
    const pieces = exported(db, "jsonl");
    expect((await pieces.next()).value?.trim().split("\n")).toHaveLength(500);
    await db.deleteFrom("audit").where("seq", ">", 500).execute();
    expect((await pieces.next()).done).toBe(true);
  });
});
