import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Notice } from "../api/host.js";
import { type Context, Signal } from "../context.js";
import { openSqlite } from "../store/sqlite.js";
import { folder } from "../testing/gate.js";
import { enqueue } from "./entry.js";
import { type Host, LEASE_MS, Outbox } from "./outbox.js";

const START = Date.parse("2026-05-05T09:00:00Z");
const notice = (postId: string): Notice => ({ to: "dana", kind: "approved", postId, message: "a moderator approved the post" });

/** One database with a clock, and as many processes on it as a test opens. */
async function shared() {
  const store = await openSqlite(join(folder(), "gate.db"));
  let clock = START;
  const logged: string[] = [];
  const context = {
    db: store.db,
    now: () => new Date(clock),
    log: { log: (_level: string, event: string) => void logged.push(event) },
    changed: new Signal(),
  } as unknown as Context;
  const processes: Outbox[] = [];
  onTestFinished(async () => {
    for (const outbox of processes) await outbox.close();
    await store.close();
  });
  const open = (host: Partial<Host>) => {
    const outbox = new Outbox(context, { publish: () => undefined, ...host });
    processes.push(outbox);
    return outbox;
  };
  const put = (postId: string) => enqueue(store.db, [{ postId, kind: "notice", payload: notice(postId) }], new Date(clock).toISOString());
  const pass = (ms: number) => {
    clock += ms;
  };
  return { open, put, pass, logged, db: store.db };
}

describe("the outbox", () => {
  it("has a row handed over by one of two processes", async () => {
    const { open, put } = await shared();
    const told: string[] = [];
    const [one, other] = [
      open({ notify: ({ postId }) => told.push(`one ${postId}`) }),
      open({ notify: ({ postId }) => told.push(`other ${postId}`) }),
    ];
    for (let index = 0; index < 20; index++) await put(`p${index}`);
    await Promise.all([one.drain(), other.drain()]);
    expect(told).toHaveLength(20);
    expect(new Set(told.map((line) => line.split(" ")[1])).size).toBe(20);
    expect(await one.pending()).toBe(0);
  });

  it("leaves a row alone while another process has it, and takes it over when that one is gone", async () => {
    const { open, put, pass } = await shared();
    const told: string[] = [];
    let reached = () => {};
    const taken = new Promise<void>((resolve) => {
      reached = resolve;
    });
    let letGo = () => {};
    const stuck = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const dead = open({
      notify: () => {
        reached();
        return stuck;
      },
    });
    const alive = open({ notify: ({ postId }) => told.push(postId) });
    await put("p1");
    const hanging = dead.drain();
    await taken;
    await alive.drain();
    pass(LEASE_MS - 1);
    await alive.drain();
    expect(told).toEqual([]);
    pass(1);
    await alive.drain();
    expect(told).toEqual(["p1"]);
    letGo();
    await hanging;
  });

  it("waits longer after every failure, and says which post, not what", async () => {
    const { open, put, pass, logged, db } = await shared();
    let tries = 0;
    const outbox = open({
      notify: () => {
        tries += 1;
        throw new Error("mail is down");
      },
    });
    await put("p1");
    for (const [ms, expected] of [
      [0, 1],
      [999, 1],
      [1, 2],
      [1_999, 2],
      [1, 3],
    ] as const) {
      pass(ms);
      await outbox.drain();
      expect(tries).toBe(expected);
    }
    expect(await db.selectFrom("outbox").select(["attempts", "doneAt"]).execute()).toEqual([{ attempts: 3, doneAt: null }]);
    expect(new Set(logged)).toEqual(new Set(["outbox/notice-failed"]));
  });

  it("keeps what a host that could take posts down no longer can", async () => {
    const { open, db } = await shared();
    const submission = { post: { body: "x", author: { id: "dana" } }, now: "2026-05-05T09:00:00Z" };
    const payload = { id: "p1", submission, contentHash: "sha256-x", by: "mira", receipt: null };
    await enqueue(db, [{ postId: "p1", kind: "withdraw", payload }], new Date(START).toISOString());
    const outbox = open({});
    await outbox.drain();
    expect(await outbox.pending()).toBe(1);
  });
});
