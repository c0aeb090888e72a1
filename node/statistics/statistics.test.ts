import { randomUUID } from "node:crypto";
import { CompiledQuery } from "kysely";
import { beforeEach, describe, expect, it } from "vitest";
import { append } from "../audit/chain.js";
import type { Store } from "../store/store.js";
import { testGate } from "../testing/gate.js";
import { api } from "../testing/http.js";
import { postRow, putPosts } from "../testing/posts.js";
import { DATABASES, sharedCluster, testStore } from "../testing/stores.js";
import { span } from "./days.js";
import { statistics } from "./statistics.js";

const NOW = new Date("2026-11-22T12:00:00.000Z");
const at = (day: number, time = "00:00:00.000") => `2026-11-${String(day).padStart(2, "0")}T${time}Z`;

const cluster = sharedCluster();
let store: Store;

const read = (from: string, to: string, now = NOW) => statistics({ db: store.db, now: () => now }, from, to);

const decided = (day: number, state: "approved" | "rejected", minutes: number, over = {}) => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const decidedAt = at(day, `${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}:00.000`);
  return postRow({ state, submittedAt: at(day), decidedAt, ...over });
};

describe.each(DATABASES)("statistics in %s", (database) => {
  beforeEach(async () => {
    store = await testStore(database, cluster);
  });

  it("count what was kept back and how it ended, by UTC day, every day of the span", async () => {
    await putPosts(store.db, [
      postRow({ submittedAt: at(19, "23:59:59.999") }),
      postRow({ submittedAt: at(20) }),
      postRow({ submittedAt: at(20, "23:59:59.999"), action: "flag", state: "flagged", agent: null }),
      postRow({ submittedAt: at(21), action: "block", state: "blocked" }),
      decided(21, "approved", 60),
      decided(21, "rejected", 120, { agent: "triage" }),
      postRow({ submittedAt: at(20), decidedAt: at(21), state: "returned" }),
      postRow({ submittedAt: at(22) }),
    ]);
    const { from, to, days, byAgent } = await read("2026-11-20", "2026-11-21");
    expect([from, to]).toEqual(["2026-11-20", "2026-11-21"]);
    expect(days).toEqual([
      { day: "2026-11-20", held: 2, blocked: 0, flagged: 1, approved: 0, rejected: 0 },
      { day: "2026-11-21", held: 2, blocked: 1, flagged: 0, approved: 1, rejected: 1 },
    ]);
    expect(byAgent).toEqual([
      { agent: "helper", held: 3, rejected: 0, approved: 1 },
      { agent: "triage", held: 1, rejected: 1, approved: 0 },
    ]);
  });

  it("say how long people waited: the middle one and the one in twenty", async () => {
    const rows = Array.from({ length: 100 }, (_, index) => decided(10, "approved", index + 1, { writtenAt: at(9, "23:59:58.500") }));
    await putPosts(store.db, rows);
    await putPosts(store.db, [
      postRow({ submittedAt: at(10), writtenAt: at(11) }),
      decided(10, "approved", 900, { state: "expired" }),
      postRow({ submittedAt: at(10), action: "flag", writtenAt: at(1) }),
    ]);
    const { timeToDecision, timeToHold } = await read("2026-11-01", "2026-11-30");
    expect(timeToDecision).toEqual({ p50: 50 * 60_000, p95: 95 * 60_000, count: 100 });
    expect(timeToHold).toEqual({ p50: 1_500, p95: 1_500, count: 101 });
    expect((await read("2026-10-01", "2026-10-02")).timeToDecision).toEqual({ p50: null, p95: null, count: 0 });
  });

  it("say which rules found something, and which of that was a false alarm", async () => {
    await putPosts(store.db, [
      postRow({ submittedAt: at(20), rules: '["a/one","a/two"]' }),
      postRow({ submittedAt: at(20), rules: '["a/two"]' }),
      postRow({ submittedAt: at(20), rules: "[]" }),
    ]);
    const allowance = { fingerprint: null, scope: "{}", reason: "r", by: "mira", expires: at(30), postId: null, revokedAt: null };
    for (const [rule, day] of [
      ["a/two", 20],
      ["a/three", 21],
      ["a/two", 2],
    ] as const)
      await store.db
        .insertInto("allowances")
        .values({ ...allowance, id: randomUUID(), rule, at: at(day) })
        .execute();
    expect((await read("2026-11-20", "2026-11-22")).byRule).toEqual([
      { rule: "a/two", count: 2, falseAlarms: 1 },
      { rule: "a/one", count: 1, falseAlarms: 0 },
      { rule: "a/three", count: 0, falseAlarms: 1 },
    ]);
  });

  it("count who saw what they should not have, each person once", async () => {
    await putPosts(store.db, [
      postRow({ id: "flagged", submittedAt: at(20), action: "flag", state: "flagged" }),
      postRow({ id: "removed", submittedAt: at(20), action: "flag", state: "rejected", decidedAt: at(21) }),
      postRow({ id: "late", submittedAt: at(20), state: "held" }),
    ]);
    const saw = (postId: string, reader: string, seenAt: string, acknowledgedAt: string | null = null) => ({
      postId,
      reader,
      seenAt,
      acknowledgedAt,
    });
    await store.db
      .insertInto("exposures")
      .values([
        saw("flagged", "ann", at(20, "10:00:00.000")),
        saw("flagged", "bob", at(20, "10:00:00.000"), at(20, "10:01:00.000")),
        saw("removed", "bob", at(20, "11:00:00.000")),
        saw("removed", "cid", at(21, "11:00:00.000")),
        saw("late", "dee", at(19, "11:00:00.000")),
        saw("late", "eve", at(1, "11:00:00.000")),
      ])
      .execute();
    expect((await read("2026-11-19", "2026-11-22")).exposure).toEqual({ posts: 3, people: 2 });
  });

  it("keep days that are over, and count them again when the log says that they changed", async () => {
    const post = decided(10, "approved", 30, { id: "undone" });
    await putPosts(store.db, [post, decided(10, "rejected", 10)]);
    const tell = (action: string, when: string) => append(store.db, [{ at: when, actor: "mira", action, postId: "undone" }]);
    await tell("approved", at(10, "00:30:00.000"));
    const first = await read("2026-11-10", "2026-11-10");
    expect(first.days).toMatchObject([{ held: 2, approved: 1, rejected: 1 }]);
    expect(await store.db.selectFrom("daily").select("day").orderBy("day").execute()).toEqual([{ day: "2026-11-10" }, { day: "cursor" }]);
    await store.db.updateTable("posts").set({ state: "held", decidedAt: null }).where("id", "=", "undone").execute();
    expect(await read("2026-11-10", "2026-11-10")).toEqual(first);
    await tell("undone", at(22));
    expect((await read("2026-11-10", "2026-11-10")).days).toMatchObject([{ held: 2, approved: 0, rejected: 1 }]);
  });

  it("count the present day anew every time", async () => {
    await putPosts(store.db, [postRow({ submittedAt: at(22) })]);
    expect((await read("2026-11-22", "2026-11-22")).days).toMatchObject([{ held: 1 }]);
    await putPosts(store.db, [postRow({ submittedAt: at(22) })]);
    expect((await read("2026-11-22", "2026-11-22")).days).toMatchObject([{ held: 2 }]);
  });

  it.runIf(database === "sqlite")("read ranges of indices only", async () => {
    const plans: string[] = [];
    for (const column of ["submittedAt", "decidedAt"] as const) {
      const query = store.db.selectFrom("posts").select("id").where(column, ">=", "2026-11-20").where(column, "<", "2026-11-21");
      const { sql, parameters } = query.compile();
      const { rows } = await store.db.executeQuery<{ detail: string }>(CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]));
      plans.push(...rows.map(({ detail }) => detail));
    }
    expect(plans).toEqual([expect.stringContaining("posts_judged"), expect.stringContaining("posts_decided")]);
  });
});

describe("a span of days", () => {
  it("is the last 30 days when none is named", () => {
    expect(span(undefined, undefined, NOW)).toHaveLength(30);
    expect(span(undefined, "2026-03-01", NOW).at(-30)).toBe("2026-01-31");
    expect(span("2024-02-28", "2024-03-01", NOW)).toEqual(["2024-02-28", "2024-02-29", "2024-03-01"]);
  });

  it.each([
    ["2026-02-30", "2026-03-01"],
    ["2026-1-1", "2026-03-01"],
    ["2026-03-02", "2026-03-01"],
    ["2025-01-01", "2026-03-01"],
    ["2026-03-01", "x"],
  ])("from %s to %s is refused", async (from, to) => {
    const test = await testGate();
    expect(await api(test, "audra", "GET", `statistics?from=${from}&to=${to}`)).toMatchObject({ status: 400 });
  });
});
