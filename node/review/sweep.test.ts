import { describe, expect, it } from "vitest";
import { milo, testDesk } from "../testing/desk.js";
import { agentPost, BAD, humanPost } from "../testing/gate.js";

const DAY_MS = 86_400_000;

describe("a post nobody decided on", () => {
  it("expires after the days the host set, and its people are told", async () => {
    const desk = await testDesk({ expireDays: 7 });
    const { postId } = await desk.gate.submit(agentPost(BAD, true));
    desk.pass(7 * DAY_MS);
    expect(await desk.gate.review.sweep()).toBe(0);
    desk.pass(1);
    expect([await desk.gate.review.sweep(), await desk.gate.review.sweep()]).toEqual([1, 0]);
    expect(await desk.gate.review.get(postId)).toMatchObject({ state: "expired", decision: { by: "countersign" }, version: 2, undo: null });
    await desk.gate.outbox.drain();
    expect(desk.notices.filter(({ kind }) => kind === "expired").map(({ to }) => to)).toEqual(["lior", "dana"]);
    expect((await desk.trail(postId)).at(-1)).toBe("countersign expired");
    await expect(desk.act("approve", postId)).rejects.toMatchObject({ problem: { type: "urn:countersign:problem:state-conflict" } });
    expect(await desk.gate.audit.verify()).toMatchObject({ ok: true });
  });

  it("waits for a moderator who is looking at it, and no longer", async () => {
    const desk = await testDesk({ expireDays: 7, claimMs: DAY_MS });
    const { postId } = await desk.gate.submit(agentPost(BAD, true));
    desk.pass(7 * DAY_MS + 1);
    await desk.act("claim", postId, milo);
    expect(await desk.gate.review.sweep()).toBe(0);
    desk.pass(DAY_MS);
    expect(await desk.gate.review.sweep()).toBe(1);
  });

  it("never expires where the host set nothing, nor when it is a draft or was published", async () => {
    const patient = await testDesk();
    await patient.gate.submit(agentPost(BAD, true));
    patient.pass(1_000 * DAY_MS);
    expect(await patient.gate.review.sweep()).toBe(0);
    const desk = await testDesk({ expireDays: 1 });
    await desk.gate.submit(agentPost("unasked"));
    await desk.gate.submit(humanPost(BAD));
    desk.pass(9 * DAY_MS);
    expect(await desk.gate.review.sweep()).toBe(0);
  });

  it("expires with its thread", async () => {
    const desk = await testDesk();
    const elsewhere = agentPost(`${BAD} elsewhere`, true);
    elsewhere.post.thread = "t2";
    elsewhere.thread.id = "t2";
    const ids = [(await desk.gate.submit(agentPost(BAD, true))).postId, (await desk.gate.submit(elsewhere)).postId];
    await desk.act("claim", ids[0] ?? "");
    expect(await desk.gate.review.threadGone("t1")).toBe(1);
    const states = await Promise.all(ids.map(async (id) => (await desk.gate.review.get(id)).state));
    expect(states).toEqual(["expired", "held"]);
  });
});
