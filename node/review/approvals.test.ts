import { describe, expect, it } from "vitest";
import type { Moderator, Step } from "../api/schema.js";
import { agentPost, BAD, people, testGate } from "../testing/gate.js";

const { mira, milo } = people as Record<"mira" | "milo", Moderator>;

async function held(policy = "two_person") {
  const test = await testGate({ policy });
  const { postId } = await test.gate.submit(agentPost(BAD, true));
  const step = async (name: Step, by: Moderator) => {
    const { contentHash, version } = await test.gate.review.get(postId);
    return test.gate.review.decide(name, postId, by, { contentHash, version });
  };
  return { ...test, postId, step };
}

describe("a post that takes two approvals", () => {
  it("is published by the second, not by the first, nor by the same moderator twice", async () => {
    const { gate, published, step, postId } = await held();
    await step("claim", mira);
    expect(await step("approve", mira)).toMatchObject({
      state: "held",
      claimedBy: null,
      receipt: null,
      approvals: { needed: 2, by: ["mira"] },
    });
    await expect(step("approve", mira)).rejects.toMatchObject({
      problem: { status: 403, detail: expect.stringContaining("another moderator") },
    });
    await gate.outbox.drain();
    expect(published).toEqual([]);
    expect(await step("approve", milo)).toMatchObject({ state: "approved", decision: { by: "milo" }, receipt: expect.any(String) });
    await gate.outbox.drain();
    expect(published).toHaveLength(1);
    expect((await gate.audit.list({ postId })).map(({ action, actor }) => [actor, action]).slice(-4)).toEqual([
      ["mira", "claimed"],
      ["mira", "approved-once"],
      ["milo", "approved"],
      ["countersign", "delivered"],
    ]);
  });

  it("is rejected by one", async () => {
    const { step } = await held();
    await step("approve", mira);
    expect(await step("reject", milo)).toMatchObject({ state: "rejected" });
  });

  it("needs both again when its text changes", async () => {
    const { gate, step, postId } = await held();
    const { contentHash } = await step("approve", mira);
    const edit = agentPost(`${BAD} -v`, true);
    edit.post.revises = contentHash;
    expect((await gate.revise(edit)).postId).toBe(postId);
    expect(await step("approve", milo)).toMatchObject({ state: "held", approvals: { by: ["milo"] } });
    expect(await step("approve", mira)).toMatchObject({ state: "approved" });
  });
});

it("takes one approval when the policy asks for no more", async () => {
  const { step } = await held("");
  const after = await step("approve", mira);
  expect(after).toMatchObject({ state: "approved" });
  expect(after).not.toHaveProperty("approvals");
});
