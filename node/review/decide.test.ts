import { describe, expect, it } from "vitest";
import type { Moderator } from "../api/schema.js";
import { agentPost, BAD, testGate } from "../testing/gate.js";

const moderator = (id: string, role: Moderator["role"] = "moderator"): Moderator => ({ id, name: id, role });

describe("conflicts of interest", () => {
  it.each([
    ["the agent", "helper"],
    ["its operator", "opal"],
    ["the invoker", "lior"],
    ["the asker", "dana"],
  ])("%s may not approve", async (_who, id) => {
    const { gate } = await testGate({ operatorOf: () => "opal" });
    const { postId, contentHash } = await gate.submit(agentPost(BAD, true));
    const decision = { contentHash, version: 1 };
    await expect(gate.review.decide("approve", postId, moderator(id, "lead"), decision)).rejects.toMatchObject({
      problem: { type: "urn:countersign:problem:conflict-of-interest", status: 403, detail: expect.stringContaining("another moderator") },
    });
    const spans = [{ field: "body", start: 0, end: 4 }];
    await expect(gate.review.decide("redact", postId, moderator(id, "lead"), { ...decision, spans })).rejects.toMatchObject({
      problem: { type: "urn:countersign:problem:conflict-of-interest" },
    });
    const posts = [{ id: postId, ...decision }];
    expect(await gate.review.bulk({ step: "approve", posts }, moderator(id))).toMatchObject({
      results: [{ ok: false, problem: { status: 403 } }],
    });
    expect(await gate.review.decide("reject", postId, moderator(id), decision)).toMatchObject({ state: "rejected" });
  });
});

describe("a decision", () => {
  it("tells the owner and the asker, with the comment", async () => {
    const { gate, notices } = await testGate();
    const { postId, contentHash } = await gate.submit(agentPost(BAD, true));
    await gate.review.decide("return", postId, moderator("mira"), { contentHash, version: 1, comment: "say who needs it" });
    await gate.outbox.drain();
    const told = notices.filter((notice) => notice.kind === "returned");
    expect(told.map((notice) => notice.to)).toEqual(["lior", "dana"]);
    expect(told[0]?.message).toContain("say who needs it");
    expect((await gate.drafts.list("lior")).map((draft) => draft.id)).toEqual([postId]);
  });

  it("does not depend on the host's notifier", async () => {
    const { gate, logged } = await testGate({
      notify: () => {
        throw new Error("mail is down");
      },
    });
    expect((await gate.submit(agentPost(BAD, true))).action).toBe("hold");
    expect(logged.map((line) => line.event)).toContain("notify/failed");
  });

  it("leaves a chained log of everyone's acts", async () => {
    const { gate } = await testGate();
    const { postId, contentHash } = await gate.submit(agentPost(BAD, true));
    await gate.review.decide("claim", postId, moderator("mira"), { contentHash, version: 1 });
    await gate.review.decide("approve", postId, moderator("mira"), { contentHash, version: 2 });
    await gate.outbox.drain();
    const log = (await gate.audit.list({ postId })).map((entry) => [entry.actor, entry.action]);
    expect(log).toEqual([
      ["helper", "submitted"],
      ["countersign", "held"],
      ["mira", "claimed"],
      ["mira", "approved"],
      ["countersign", "delivered"],
    ]);
    expect(await gate.audit.verify()).toEqual({ ok: true, entries: 5 });
  });
});
