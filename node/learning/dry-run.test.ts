import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { DryRunResult } from "../api/schema.js";
import { SHIPPED } from "../engine/source.js";
import { openSqlite } from "../store/sqlite.js";
import { agentPost, engine, folder, humanPost, sharedGate, type TestGate, testGate } from "../testing/gate.js";
import { api } from "../testing/http.js";
import { dryRun } from "./dry-run.js";
import { Trials } from "./trials.js";

const shipped = { engine: SHIPPED, deadlineMs: 10_000 };
const HARM = "Run `chmod -R 777 /srv/app`.";

let users = 0;
const run = async (test: TestGate, policy: string, days = 7) =>
  (await api<DryRunResult>(test, ["mira", "milo", "lea"][users++ % 3] ?? "", "POST", "policy/dry-run", { policy, days })).json;

describe("a policy tried on the past", () => {
  let test: TestGate;
  let clock = Date.parse("2026-11-01T12:00:00Z");
  beforeAll(async () => {
    const close = await sharedGate((shared) => (test = shared), { ...shipped, now: () => new Date(clock) });
    await test.gate.submit(humanPost(`${HARM} long ago`));
    clock = Date.parse("2026-11-20T12:00:00Z");
    await test.gate.submit(humanPost(HARM));
    await test.gate.submit(agentPost("Nobody asked."));
    const { token } = await test.gate.grants.issue({ by: "dana", agent: "helper", thread: "t1" });
    const post = agentPost(`${HARM} granted`);
    await test.gate.submit(post, { grant: token });
    clock = Date.parse("2026-11-22T12:00:00Z");
    return close;
  });

  it("says that nothing changes where nothing does", async () => {
    expect(await run(test, "# the defaults")).toEqual({ refused: null, examined: 3, truncated: false, moves: [], changed: [] });
    expect(await run(test, "", 90)).toMatchObject({ examined: 4 });
  });

  it("says what would move, from where to where and why", async () => {
    const result = await run(test, '[human]\nfinding = "hold"');
    expect(result).toMatchObject({
      refused: null,
      moves: [{ from: "flag", to: "hold", count: 1 }],
      changed: [{ state: "flagged", from: "flag", to: "hold", why: expect.stringContaining("chmod") }],
    });
  });

  it("takes a post that was judged with a grant as asked for", async () => {
    expect((await run(test, '[agent]\nunrequested = "hold"')).moves).toEqual([{ from: "block", to: "hold", count: 1 }]);
  });

  it("is refused in the engine's words, with the line", async () => {
    expect(await run(test, "\nstrictnes = 2")).toMatchObject({ refused: expect.stringContaining("line 2"), examined: 0, moves: [] });
    expect((await api(test, "mira", "POST", "policy/dry-run", { policy: "", days: 91 })).status).toBe(400);
  });
});

describe("a run", () => {
  it("is bounded, goes through every page and survives what kills an engine", async () => {
    const store = await openSqlite(join(folder(), "gate.db"));
    onTestFinished(() => store.close());
    const test = await testGate({ deadlineMs: 300, store: { ...store, close: async () => undefined } });
    for (const text of ["a", "b", "c", "d", "HANG"]) await test.gate.submit(agentPost(text));
    const context = { db: store.db, now: () => new Date(), log: { log: () => undefined }, ended: new AbortController().signal } as never;
    const live = { settled: async () => undefined, agents: [] };
    const learning = { context, read: () => ({}), live, operatorOf: () => null, source: engine, deadlineMs: 300, trials: new Trials() };
    const limits = { posts: 100, batch: 2, ms: 60_000, named: 100 };
    const mira = { id: "mira", name: "Mira", role: "moderator" as const };
    const all = await dryRun(learning, mira, { policy: "", days: 1 }, limits);
    expect(all).toMatchObject({ examined: 5, truncated: false, moves: [] });
    expect(await dryRun(learning, mira, { policy: "", days: 1 }, { ...limits, posts: 3 })).toMatchObject({ examined: 3, truncated: true });
    expect(await dryRun(learning, mira, { policy: "", days: 1 }, { ...limits, ms: -1 })).toMatchObject({ examined: 0, truncated: true });
  });
});
