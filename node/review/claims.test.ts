import { describe, expect, it } from "vitest";
import { lea, milo, mira, testDesk } from "../testing/desk.js";
import { agentPost, BAD } from "../testing/gate.js";

const CLAIM_MS = 60_000;

async function claimed() {
  const desk = await testDesk({ claimMs: CLAIM_MS });
  const { postId } = await desk.gate.submit(agentPost(BAD, true));
  await desk.act("claim", postId);
  return { desk, postId };
}

describe("a claim", () => {
  it("is one moderator's, and a lead's to take over", async () => {
    const { desk, postId } = await claimed();
    await expect(desk.act("approve", postId, milo)).rejects.toMatchObject({
      problem: { status: 409, detail: expect.stringContaining("`mira`") },
    });
    expect(await desk.act("release", postId, lea)).toMatchObject({ state: "held", claimedBy: null, claimedUntil: null });
  });

  it("ends by itself, and everybody sees that it has", async () => {
    const { desk, postId } = await claimed();
    const ids = async (query: Parameters<typeof desk.gate.review.list>[0]) =>
      (await desk.gate.review.list(query, mira)).items.map(({ id }) => id);
    desk.pass(CLAIM_MS - 1);
    expect(await desk.gate.review.get(postId)).toMatchObject({ state: "claimed", claimedBy: "mira" });
    expect([await ids({ claimed: "me" }), await ids({ state: "claimed" }), await ids({ claimed: "nobody" })]).toEqual([
      [postId],
      [postId],
      [],
    ]);
    desk.pass(1);
    expect(await desk.gate.review.get(postId)).toMatchObject({ state: "held", claimedBy: null, claimedUntil: null, version: 2 });
    expect([await ids({ claimed: "me" }), await ids({ state: "claimed" }), await ids({ claimed: "nobody" })]).toEqual([[], [], [postId]]);
    expect([await ids({ state: "held" }), await ids({ claimed: "by:mira" })]).toEqual([[postId], []]);
    expect(await desk.act("claim", postId, milo)).toMatchObject({ state: "claimed", claimedBy: "milo", version: 3 });
  });

  it("is prolonged by claiming again", async () => {
    const { desk, postId } = await claimed();
    desk.pass(CLAIM_MS - 1);
    await desk.act("claim", postId);
    desk.pass(CLAIM_MS - 1);
    expect(await desk.gate.review.get(postId)).toMatchObject({ state: "claimed", claimedBy: "mira" });
  });

  it.each(["claim", "approve"] as const)("of many who %s at once, one wins", async (step) => {
    const desk = await testDesk({ undoMs: 0 });
    const { postId, contentHash } = await desk.gate.submit(agentPost(BAD, true));
    const tries = Array.from({ length: 20 }, (_, index) => {
      const moderator = { id: `m${index}`, name: `M${index}`, role: "moderator" as const };
      return desk.gate.review.decide(step, postId, moderator, { contentHash, version: 1 });
    });
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ problem: { status: 412 } });
    await desk.gate.outbox.drain();
    expect(desk.published).toHaveLength(step === "approve" ? 1 : 0);
  });
});
