import { describe, expect, test } from "vitest";
import { ordinary, summaryOf } from "../../../tests/review/fixtures.js";
import type { PostDetail, PostSummary } from "../api/types.js";
import type { Action } from "./actions.js";
import { compare, neighbour, place, search } from "./order.js";
import { reduce } from "./reduce.js";
import { readRoute, writeRoute } from "./route.js";
import { initial, type State } from "./state.js";
import { allowed, stepsOn } from "./steps.js";

const post = (id: string, over: Partial<PostDetail> = {}): PostDetail => ({ ...ordinary(id, `2026-03-12T09:0${id.at(-1)}:00Z`), ...over });
const row = (id: string, over: Partial<PostDetail> = {}): PostSummary => summaryOf(post(id, over));
const counts = { open: 3, escalated: 0, approved: 0, rejected: 0, returned: 0, blocked: 0, flagged: 0 };
const session = {
  moderator: { id: "mira", name: "Mira", role: "moderator" as const },
  version: "0.1.0",
  undoMs: 10_000,
  claimMs: 900_000,
  reasons: [],
  signOut: null,
};

/** A desk with three posts, the second one open. */
function desk(...then: Action[]): State {
  const page = { items: [row("p-1"), row("p-2"), row("p-3")], next: null, counts };
  const actions: Action[] = [
    { type: "access/granted", session },
    { type: "queue/received", filter: "open", page, append: false },
    { type: "cursor/moved", id: "p-2" },
    { type: "post/received", detail: post("p-2") },
    ...then,
  ];
  return actions.reduce(reduce, initial({ locale: "en", theme: "auto", keys: true }));
}
const listed = (state: State, id: string) => state.queue.items.find((item) => item.id === id);
const ids = (state: State) => state.queue.items.map((item) => item.id);

describe("claiming", () => {
  const claim: Action = { type: "step/began", step: "claim", post: post("p-2"), by: "mira" };

  test("shows at once in the list and the post", () => {
    const state = desk(claim);
    expect(listed(state, "p-2")).toMatchObject({ state: "claimed", claimedBy: "mira" });
    expect(state.post.detail).toMatchObject({ state: "claimed", claimedBy: "mira" });
  });

  test("rolls back when the service refuses", () => {
    const state = desk(claim, { type: "step/failed", id: "p-2", notice: { tone: "bad", words: "failed.claim" } });
    expect(listed(state, "p-2")).toMatchObject({ state: "held", claimedBy: null });
    expect(state.post.detail).toMatchObject({ state: "held", claimedBy: null });
    expect(state).toMatchObject({ busy: null, before: {}, notice: { words: "failed.claim" } });
  });
});

describe("deciding", () => {
  test("guesses no decision before the service has made it", () => {
    const state = desk({ type: "step/began", step: "approve", post: post("p-2"), by: "mira" });
    expect(listed(state, "p-2")?.state).toBe("held");
    expect(state.busy).toBe("approve");
  });

  test("takes a decided post out of the open queue", () => {
    const state = desk({ type: "step/done", step: "reject", detail: post("p-2", { version: 2, state: "rejected" }) });
    expect(ids(state)).toEqual(["p-1", "p-3"]);
    expect(state.post.detail?.state).toBe("rejected");
  });

  test("keeps what the moderator read when they came too late, until they ask for the post as it stands", () => {
    const current = post("p-2", { version: 2, state: "approved" });
    const late = desk({ type: "step/late", step: "reject", before: post("p-2"), current });
    expect(late.conflict).toMatchObject({ step: "reject", before: { version: 1 }, current: { version: 2 } });
    expect(late.post.detail?.version).toBe(1);
    const read = reduce(late, { type: "conflict/read" });
    expect(read).toMatchObject({ conflict: null, post: { detail: { version: 2, state: "approved" } } });
  });

  test("turns a change that arrives under an open form into a conflict", () => {
    const state = desk({ type: "dialog/opened", dialog: "reject" }, { type: "post/received", detail: post("p-2", { version: 2 }) });
    expect(state).toMatchObject({ dialog: null, conflict: { step: "reject" }, post: { detail: { version: 1 } } });
  });

  test("shows a newer version when nobody is deciding, and never an older one", () => {
    const newer = desk({ type: "post/received", detail: post("p-2", { version: 3, claimedBy: "noa", state: "claimed" }) });
    expect(newer.post.detail?.claimedBy).toBe("noa");
    expect(reduce(newer, { type: "post/received", detail: post("p-2", { version: 2 }) }).post.detail?.version).toBe(3);
  });

  test("ignores an answer about a post the moderator has left", () => {
    const state = desk({ type: "cursor/moved", id: "p-3" }, { type: "post/received", detail: post("p-2", { version: 2 }) });
    expect(state.post).toMatchObject({ status: "loading", detail: null });
  });
});

describe("the queue", () => {
  test("forgets a tab's posts when another one is chosen, and ignores its late answer", () => {
    const state = desk({ type: "queue/asked", filter: "rejected" });
    expect(state.queue).toMatchObject({ status: "loading", items: [] });
    const page = { items: [row("p-9")], next: null, counts };
    expect(reduce(state, { type: "queue/received", filter: "open", page, append: false })).toBe(state);
  });

  test("keeps what is listed while it is read again", () => {
    expect(desk({ type: "queue/asked", filter: "open" }).queue).toMatchObject({ status: "ready", items: { length: 3 } });
    expect(desk({ type: "queue/failed", problem: "away" }).queue).toMatchObject({ status: "ready", problem: "away" });
  });

  test("appends a page without doubling a post that moved between two", () => {
    const page = { items: [row("p-3"), row("p-4")], next: null, counts };
    expect(ids(desk({ type: "queue/received", filter: "open", page, append: true }))).toEqual(["p-1", "p-2", "p-3", "p-4"]);
  });

  test("puts a new post where the service would", () => {
    const items = [row("p-1"), row("p-5", { severity: "high" }), row("p-2", { severity: null, action: "block" })];
    expect([...items].sort(compare)).toEqual(items);
    expect(compare(row("p-4", { severity: null }), row("p-1"))).toBeLessThan(0);
    expect(place(items, row("p-3"), "open", false).map(({ id }) => id)).toEqual(["p-1", "p-3", "p-5", "p-2"]);
    expect(place(items, row("p-9", { severity: null, action: "block" }), "open", true)).toBe(items);
    expect(place(items, row("p-1", { version: 0 }), "open", false)).toBe(items);
    expect(place(items, row("p-1", { state: "approved" }), "open", false)).toHaveLength(2);
  });

  test("moves by steps and stops at the ends", () => {
    const items = [row("p-1"), row("p-2")];
    expect([neighbour(items, null, 1), neighbour(items, "p-1", 1), neighbour(items, "p-2", 1), neighbour([], "p-1", 1)]).toEqual([
      "p-1",
      "p-2",
      "p-2",
      null,
    ]);
  });

  test("finds posts by every word, in any case", () => {
    const items = [row("p-1"), row("p-2", { excerpt: "setenforce 0" })];
    expect(search(items, "SETENFORCE helper").map(({ id }) => id)).toEqual(["p-2"]);
    expect(search(items, "  ")).toBe(items);
  });
});

describe("steps", () => {
  const me = { id: "mira", name: "Mira", role: "moderator" as const };

  test("leave a colleague's claim to them, or to a lead", () => {
    const claimed = row("p-1", { state: "claimed", claimedBy: "noa" });
    expect(allowed("approve", claimed, me)).toBe(false);
    expect(allowed("approve", claimed, { ...me, role: "lead" })).toBe(true);
    expect(allowed("approve", { ...claimed, claimedBy: "mira" }, me)).toBe(true);
  });

  test("are none for an auditor and on somebody's private draft", () => {
    expect(allowed("claim", row("p-1"), { ...me, role: "auditor" })).toBe(false);
    expect(stepsOn(row("p-1", { state: "blocked" }))).toEqual([]);
    expect(stepsOn(row("p-1", { state: "blocked", onBehalfOf: null }))).toEqual(["approve", "reject"]);
  });
});

describe("addresses", () => {
  test("lead to a tab and a post and back", () => {
    const route = { filter: "rejected" as const, id: "a/b ü" };
    expect(readRoute(writeRoute(route))).toEqual(route);
    expect(readRoute("#/nonsense/%E0%A4%A")).toEqual({ filter: "open", id: null });
    expect(readRoute("")).toEqual({ filter: "open", id: null });
  });
});
