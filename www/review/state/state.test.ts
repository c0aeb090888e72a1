import { describe, expect, test } from "vitest";
import { ordinary } from "../../../tests/review/fixtures.js";
import { summaryOf } from "../../../tests/review/listing.js";
import type { PostDetail, PostSummary, Step } from "../api/types.js";
import type { Action } from "./actions.js";
import { groups, shown } from "./groups.js";
import { compare, neighbour, place } from "./order.js";
import { reduce } from "./reduce.js";
import { readRoute, writeRoute } from "./route.js";
import { conflictOf, initial, type State } from "./state.js";
import { allowed, barred, guess, stepsOn, undoable } from "./steps.js";
import { narrowed, PLAIN, queryOf, sameList, type View } from "./view.js";

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
const rejected: View = { ...PLAIN, tab: "rejected" };

/** A desk with three posts, the second one open. */
function desk(...then: Action[]): State {
  const page = { items: [row("p-1"), row("p-2"), row("p-3")], next: null, counts };
  const actions: Action[] = [
    { type: "access/granted", session },
    { type: "queue/received", view: PLAIN, page, append: false },
    { type: "cursor/moved", id: "p-2", detail: null },
    { type: "post/received", detail: post("p-2") },
    ...then,
  ];
  return actions.reduce(reduce, initial({ locale: "en", theme: "auto", keys: true }));
}
const listed = (state: State, id: string) => state.queue.items.find((item) => item.id === id);
const ids = (state: State) => state.queue.items.map((item) => item.id);
const began = (step: Step): Action => ({ type: "step/began", step, post: post("p-2"), shown: guess(post("p-2"), step, "mira", 1000) });

describe("claiming", () => {
  test("shows at once in the list and the post", () => {
    const state = desk(began("claim"));
    expect(listed(state, "p-2")).toMatchObject({ state: "claimed", claimedBy: "mira" });
    expect(state.post.detail).toMatchObject({ state: "claimed", claimedBy: "mira" });
  });

  test("rolls back when the service refuses", () => {
    const state = desk(began("claim"), { type: "step/failed", id: "p-2", notice: { tone: "bad", words: "failed.claim" } });
    expect(listed(state, "p-2")).toMatchObject({ state: "held", claimedBy: null });
    expect(state.post.detail).toMatchObject({ state: "held", claimedBy: null });
    expect(state).toMatchObject({ pending: {}, notice: { words: "failed.claim" } });
  });
});

describe("deciding", () => {
  test("is shown at once, and comes back when the service refuses", () => {
    const ahead = desk(began("approve"));
    expect(ids(ahead)).toEqual(["p-1", "p-3"]);
    const back = reduce(ahead, { type: "step/failed", id: "p-2", notice: { tone: "bad", words: "failed.approve" } });
    expect(ids(back)).toEqual(["p-1", "p-2", "p-3"]);
    expect(back.post.detail).toMatchObject({ state: "held", version: 1 });
  });

  test("is not overtaken by what others tell while it is on its way", () => {
    const state = desk(began("approve"), {
      type: "post/received",
      detail: post("p-2", { version: 2, state: "claimed", claimedBy: "noa" }),
    });
    expect(ids(state)).toEqual(["p-1", "p-3"]);
  });

  test("takes a decided post out of the open queue", () => {
    const state = desk({ type: "step/done", detail: post("p-2", { version: 2, state: "rejected" }) });
    expect(ids(state)).toEqual(["p-1", "p-3"]);
    expect(state.post.detail?.state).toBe("rejected");
  });

  test("keeps what the moderator read when they came too late, until they ask for the post as it stands", () => {
    const current = post("p-2", { version: 2, state: "approved" });
    const late = desk({ type: "step/late", step: "reject", before: post("p-2"), current });
    expect(conflictOf(late)).toMatchObject({ step: "reject", before: { version: 1 }, current: { version: 2 } });
    expect(late.post.detail?.version).toBe(1);
    const read = reduce(late, { type: "conflict/read", id: "p-2" });
    expect(read).toMatchObject({ conflicts: {}, post: { detail: { version: 2, state: "approved" } } });
  });

  test("turns a change that arrives under an open form into a conflict", () => {
    const state = desk({ type: "dialog/opened", dialog: "reject" }, { type: "post/received", detail: post("p-2", { version: 2 }) });
    expect(state).toMatchObject({ dialog: null, conflicts: { "p-2": { step: "reject" } }, post: { detail: { version: 1 } } });
  });

  test("shows a newer version when nobody is deciding, and never an older one", () => {
    const newer = desk({ type: "post/received", detail: post("p-2", { version: 3, claimedBy: "noa", state: "claimed" }) });
    expect(newer.post.detail?.claimedBy).toBe("noa");
    expect(reduce(newer, { type: "post/received", detail: post("p-2", { version: 2 }) }).post.detail?.version).toBe(3);
  });

  test("explains a step that came too late when the moderator comes back to the post", () => {
    const current = post("p-2", { version: 2, state: "approved" });
    const left = desk(
      { type: "cursor/moved", id: "p-3", detail: null },
      { type: "step/late", step: "reject", before: post("p-2"), current },
    );
    expect(conflictOf(left)).toBeNull();
    const back = reduce(left, { type: "cursor/moved", id: "p-2", detail: null });
    expect(back.post.detail?.version).toBe(1);
    expect(conflictOf(back)?.current.version).toBe(2);
  });

  test("ignores an answer about a post the moderator has left", () => {
    const state = desk({ type: "cursor/moved", id: "p-3", detail: null }, { type: "post/received", detail: post("p-2", { version: 2 }) });
    expect(state.post).toMatchObject({ status: "loading", detail: null });
  });
});

describe("the queue", () => {
  test("forgets a tab's posts when another one is chosen, and ignores its late answer", () => {
    const state = desk({ type: "view/changed", view: rejected });
    expect(state.queue).toMatchObject({ status: "loading", items: [] });
    const page = { items: [row("p-9")], next: null, counts };
    expect(reduce(state, { type: "queue/received", view: PLAIN, page, append: false })).toBe(state);
  });

  test("keeps what is listed while it is read again or narrowed", () => {
    expect(desk({ type: "queue/asked" }).queue).toMatchObject({ status: "loading", items: { length: 3 } });
    expect(desk({ type: "view/changed", view: narrowed(PLAIN, "rule", "shell/setuid") }).queue.items).toHaveLength(3);
    expect(desk({ type: "queue/failed", problem: "away" }).queue).toMatchObject({ status: "ready", problem: "away" });
  });

  test("appends a page without doubling a post that moved between two", () => {
    const page = { items: [row("p-3"), row("p-4")], next: null, counts };
    expect(ids(desk({ type: "queue/received", view: PLAIN, page, append: true }))).toEqual(["p-1", "p-2", "p-3", "p-4"]);
  });

  test("puts a new post where the service would", () => {
    const items = [row("p-1"), row("p-5", { severity: "high" }), row("p-2", { severity: null, action: "block" })];
    expect([...items].sort((a, b) => compare(a, b))).toEqual(items);
    expect(compare(row("p-4", { severity: null }), row("p-1"))).toBeLessThan(0);
    const placed = (post: PostSummary, view: View = PLAIN, more = false) => place(items, post, view, "mira", more);
    expect(placed(row("p-3")).map(({ id }) => id)).toEqual(["p-1", "p-3", "p-5", "p-2"]);
    expect(placed(row("p-9"), { ...PLAIN, order: "newest" }).map(({ id }) => id)[0]).toBe("p-9");
    expect(placed(row("p-9", { severity: null, action: "block" }), PLAIN, true)).toBe(items);
    expect(placed(row("p-1", { version: 0 }))).toBe(items);
    expect(placed(row("p-1", { state: "approved" }))).toHaveLength(2);
  });

  test.each<[string, View, Partial<PostDetail>, boolean]>([
    ["severe enough", narrowed(PLAIN, "severity", "high"), { severity: "critical" }, true],
    ["too mild", narrowed(PLAIN, "severity", "high"), { severity: "medium" }, false],
    ["mine", narrowed(PLAIN, "claimed", "me"), { state: "claimed", claimedBy: "mira" }, true],
    ["another's", narrowed(PLAIN, "claimed", "me"), { state: "claimed", claimedBy: "noa" }, false],
    ["of the agent", narrowed(PLAIN, "author", "helper"), { author: { id: "u-1", handle: "u", kind: "agent" } }, true],
    ["too young", narrowed(PLAIN, "olderThan", "3600000"), { submittedAt: new Date().toISOString() }, false],
    ["escalated", { ...PLAIN, tab: "escalated" }, { escalatedBy: "noa" }, true],
    ["not escalated", { ...PLAIN, tab: "escalated" }, {}, false],
    ["left to a search of the service", narrowed(PLAIN, "q", "setuid"), {}, false],
  ])("lists a new post that is %s: %#", (_, view, over, is) => {
    expect(place([], row("p-7", over), view, "mira", false)).toHaveLength(is ? 1 : 0);
  });

  test("groups posts in the order of the first of each, and is walked in that order", () => {
    const items = [row("p-1"), row("p-2", { severity: "low" }), row("p-3")];
    expect(groups(items, "severity").map(({ key, posts }) => [key, posts.length])).toEqual([
      ["critical", 2],
      ["low", 1],
    ]);
    expect(shown(items, "severity").map(({ id }) => id)).toEqual(["p-1", "p-3", "p-2"]);
    expect(shown(items, "none")).toBe(items);
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
    expect(stepsOn(row("p-1", { state: "blocked", onBehalfOf: null }))).toEqual(["approve", "redact", "reject"]);
    expect(allowed("undo", row("p-1"), { ...me, role: "auditor" })).toBe(false);
  });

  test("that let a post out are not for those it is about, nor for one person twice", () => {
    expect(barred("approve", row("p-1", { asker: "mira" }), me)).toBe("involved");
    expect(barred("redact", post("p-1", { operator: "mira" }), me)).toBe("involved");
    expect(allowed("reject", row("p-1", { asker: "mira" }), me)).toBe(true);
    expect(barred("approve", post("p-1", { approvals: { needed: 2, by: ["mira"] } }), me)).toBe("approved");
  });

  test("on what was escalated are a lead's", () => {
    const escalated = row("p-1", { escalatedBy: "noa" });
    expect(stepsOn(escalated).filter((step) => allowed(step, escalated, me))).toEqual([]);
    expect(allowed("approve", escalated, { ...me, role: "lead" })).toBe(true);
    expect(allowed("escalate", escalated, { ...me, role: "lead" })).toBe(false);
  });

  test("that need another approval leave the post held, with nobody", () => {
    const two = post("p-1", { state: "claimed", claimedBy: "mira", approvals: { needed: 2, by: [] } });
    expect(guess(two, "approve", "mira", 1)).toMatchObject({ state: "held", claimedBy: null });
    expect(guess({ ...two, approvals: { needed: 2, by: ["noa"] } }, "approve", "mira", 1).state).toBe("approved");
  });

  test("can be taken back by whoever took them, in time", () => {
    const decided = post("p-1", { undo: { by: "mira", until: "2026-03-12T09:00:10Z" } });
    const at = (time: string) => undoable(decided, me, Date.parse(time));
    expect([at("2026-03-12T09:00:09Z"), at("2026-03-12T09:00:10Z")]).toEqual([true, false]);
    expect(undoable(decided, { ...me, id: "noa" }, 0)).toBe(false);
  });
});

describe("addresses", () => {
  const sections = ["queue", "statistics"];

  test("lead to a view and a post and back", () => {
    const view: View = { tab: "rejected", order: "newest", group: "author", narrow: { severity: "high", rule: "a/b", q: "rm & co" } };
    const route = { section: "queue" as const, view, id: "a/b ü" };
    expect(readRoute(writeRoute(route), sections)).toEqual(route);
  });

  test("that are unknown, or were made up, are the open queue without what is made up", () => {
    const open = { section: "queue", view: PLAIN, id: null };
    for (const hash of ["", "#/nonsense/%E0%A4%A", "#/queue", "#/open?severity=fatal&claimed=x&order=up", "#/queue/open?olderThan=-1"])
      expect(readRoute(hash, sections)).toEqual(open);
    expect(readRoute("#/open/p-1", sections)).toEqual({ ...open, id: "p-1" });
  });

  test("of another section keep their rest", () => {
    expect(readRoute("#/statistics/rules?days=7", sections)).toEqual({ section: "statistics", path: "rules?days=7" });
    expect(writeRoute({ section: "statistics", path: "rules?days=7" })).toBe("#/statistics/rules?days=7");
  });

  test("ask the service for what its schema knows", () => {
    expect(queryOf({ ...PLAIN, tab: "escalated", narrow: { q: "x" } })).toEqual({
      state: "open",
      escalated: "true",
      order: "critical",
      q: "x",
    });
    expect(sameList(PLAIN, { ...PLAIN, group: "day" })).toBe(true);
    expect(sameList(PLAIN, narrowed(PLAIN, "q", "x"))).toBe(false);
  });
});
