import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import type { Step } from "../api/schema.js";
import { lea, milo, mira, testDesk } from "../testing/desk.js";
import { agentPost, BAD, humanPost } from "../testing/gate.js";

const UNDO_MS = 10_000;
const spans = [{ field: "body", start: 0, end: BAD.length }];

describe("a decision", () => {
  it.each<Step>(["approve", "redact", "reject", "return"])(
    "to %s is told and done only when it cannot be taken back any more",
    async (step) => {
      const desk = await testDesk();
      const { postId } = await desk.gate.submit(agentPost(BAD, true));
      const before = desk.notices.length;
      const after = await desk.act(step, postId, mira, { comment: "because", ...(step === "redact" ? { spans } : {}) });
      expect(after.undo).toEqual({ by: "mira", until: new Date(desk.now().getTime() + UNDO_MS).toISOString() });
      desk.pass(UNDO_MS - 1);
      await desk.gate.outbox.drain();
      expect([desk.published.length, desk.notices.length - before]).toEqual([0, 0]);
      desk.pass(1);
      await desk.gate.outbox.drain();
      expect([desk.published.length, desk.notices.length - before]).toEqual([step === "approve" || step === "redact" ? 1 : 0, 2]);
      expect((await desk.gate.review.get(postId)).undo).toBeNull();
    },
  );

  it.each<Step>(["approve", "redact", "reject", "return"])("to %s is as if it had not been, once taken back", async (step) => {
    const desk = await testDesk();
    const { postId } = await desk.gate.submit(agentPost(BAD, true));
    const claimed = await desk.act("claim", postId);
    const before = desk.notices.length;
    const decided = await desk.act(step, postId, mira, step === "redact" ? { spans } : {});
    const back = await desk.act("undo", postId);
    expect(back).toMatchObject({ state: "claimed", claimedBy: "mira", claimedUntil: claimed.claimedUntil, version: 4 });
    expect(back).toMatchObject({ decision: null, decidedAt: null, receipt: null, undo: null });
    const [undone] = back.audit.slice(-1);
    expect(undone).toMatchObject({ action: "undone", detail: { voids: decodeJwt(decided.receipt ?? "").jti } });
    desk.pass(UNDO_MS);
    await desk.gate.outbox.drain();
    expect([desk.published.length, desk.notices.length - before, await desk.gate.outbox.pending()]).toEqual([0, 0, 0]);
    expect(await desk.gate.audit.verify()).toMatchObject({ ok: true });
    expect(await desk.act("approve", postId)).toMatchObject({ state: "approved" });
  });

  it("cannot be taken back late, by another, twice, or once its text changed", async () => {
    const desk = await testDesk();
    const refused = { problem: { type: "urn:countersign:problem:state-conflict", current: {} } };
    const { postId } = await desk.gate.submit(agentPost(BAD, true));
    const { contentHash } = await desk.act("return", postId);
    await expect(desk.act("undo", postId, lea)).rejects.toMatchObject(refused);
    await desk.act("undo", postId);
    await expect(desk.act("undo", postId)).rejects.toMatchObject(refused);
    await desk.act("return", postId);
    const edit = agentPost(`${BAD} -v`, true);
    edit.post.revises = contentHash;
    await desk.gate.revise(edit);
    await expect(desk.act("undo", postId)).rejects.toMatchObject(refused);
    await desk.act("reject", postId);
    desk.pass(UNDO_MS);
    await expect(desk.act("undo", postId)).rejects.toMatchObject(refused);
  });
});

describe("of two approvals", () => {
  it("the first can be taken back, and then does not count", async () => {
    const desk = await testDesk({ policy: "two_person" });
    const { postId } = await desk.gate.submit(agentPost(BAD, true));
    await desk.act("claim", postId);
    expect((await desk.act("approve", postId)).approvals).toEqual({ needed: 2, by: ["mira"] });
    expect(await desk.act("undo", postId)).toMatchObject({ state: "claimed", claimedBy: "mira", approvals: { by: [] } });
    await desk.act("release", postId);
    expect(await desk.act("approve", postId, milo)).toMatchObject({ state: "held", approvals: { by: ["milo"] } });
    expect(await desk.act("approve", postId)).toMatchObject({ state: "approved" });
  });

  it("the second can be taken back, and the first stands", async () => {
    const desk = await testDesk({ policy: "two_person" });
    const { postId } = await desk.gate.submit(agentPost(BAD, true));
    await desk.act("approve", postId);
    await desk.act("approve", postId, milo);
    expect(await desk.act("undo", postId, milo)).toMatchObject({ state: "held", approvals: { by: ["mira"] } });
    desk.pass(UNDO_MS);
    await desk.gate.outbox.drain();
    expect(desk.published).toEqual([]);
    expect(await desk.act("approve", postId, lea)).toMatchObject({ state: "approved" });
  });

  it("the first ends with a return, and stands again when the return is taken back", async () => {
    const desk = await testDesk({ policy: "two_person" });
    const { postId } = await desk.gate.submit(agentPost(BAD, true));
    await desk.act("approve", postId);
    expect((await desk.act("return", postId, milo)).approvals?.by).toEqual([]);
    expect((await desk.act("undo", postId, milo)).approvals?.by).toEqual(["mira"]);
  });
});

describe("a flagged post that is rejected", () => {
  it("is taken down by the host, when it can no longer be taken back", async () => {
    const down: string[] = [];
    const desk = await testDesk({ withdraw: ({ id }) => void down.push(id) });
    const { postId } = await desk.gate.submit(humanPost(BAD));
    await desk.act("reject", postId);
    await desk.act("undo", postId);
    desk.pass(UNDO_MS);
    await desk.gate.outbox.drain();
    expect(down).toEqual([]);
    await desk.act("reject", postId);
    desk.pass(UNDO_MS);
    await desk.gate.outbox.drain();
    expect(down).toEqual([postId]);
    expect((await desk.trail(postId)).at(-1)).toBe("countersign taken-down");
  });

  it("is the moderators' to take down where the host does not", async () => {
    const desk = await testDesk();
    const { postId } = await desk.gate.submit(humanPost(BAD));
    await desk.act("reject", postId);
    desk.pass(UNDO_MS);
    await desk.gate.outbox.drain();
    expect(desk.notices).toContainEqual(expect.objectContaining({ to: null, kind: "withdraw", postId }));
  });
});
