import { beforeAll, describe, expect, it } from "vitest";
import type { Moderator, PostState, Step } from "../api/schema.js";
import { agentPost, BAD, sharedGate, type TestGate, testGate } from "../testing/gate.js";

const moderator = (id: string, role: Moderator["role"] = "moderator"): Moderator => ({ id, name: id, role });
const STEPS: Step[] = ["claim", "release", "approve", "reject", "return"];

let shared: TestGate;
beforeAll(() => sharedGate((test) => (shared = test)));

let posts = 0;

async function postIn(state: PostState) {
  const asked = state !== "blocked";
  const post = agentPost(`${BAD} # ${posts++}`, asked);
  delete post.post.onBehalfOf;
  if (state === "flagged") post.post.author.kind = "human";
  const { postId, contentHash } = await shared.gate.submit(post);
  const path: Partial<Record<PostState, Step>> = { claimed: "claim", approved: "approve", rejected: "reject", returned: "return" };
  const step = path[state];
  if (step) await shared.gate.review.decide(step, postId, moderator("mira"), { contentHash, version: 1 });
  return shared.gate.review.get(postId);
}

describe("the state machine", () => {
  const allowed: Partial<Record<PostState, Partial<Record<Step, PostState>>>> = {
    held: { claim: "claimed", approve: "approved", reject: "rejected", return: "returned" },
    claimed: { release: "held", approve: "approved", reject: "rejected", return: "returned" },
    flagged: { approve: "approved", reject: "rejected" },
    blocked: { approve: "approved", reject: "rejected" },
  };
  const states: PostState[] = ["held", "claimed", "flagged", "blocked", "approved", "rejected", "returned"];
  const rows = states.flatMap((state) => STEPS.map((step) => ({ state, step, next: allowed[state]?.[step] ?? "refused" })));

  it.each(rows)("$state, $step: $next", async ({ state, step, next }) => {
    const post = await postIn(state);
    expect(post.state).toBe(state);
    const after = shared.gate.review.decide(step, post.id, moderator("mira"), post);
    if (next === "refused") await expect(after).rejects.toMatchObject({ problem: { status: 409, current: { state } } });
    else expect(await after).toMatchObject({ state: next, version: post.version + 1 });
  });
});

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
    expect(await gate.review.decide("reject", postId, moderator(id), decision)).toMatchObject({ state: "rejected" });
  });

  it("an auditor may not decide", async () => {
    const post = await postIn("held");
    await expect(shared.gate.review.decide("reject", post.id, moderator("audra", "auditor"), post)).rejects.toMatchObject({
      problem: { status: 403 },
    });
  });
});

describe("a claim", () => {
  it("is one moderator's, and a lead's to take over", async () => {
    const post = await postIn("claimed");
    await expect(shared.gate.review.decide("approve", post.id, moderator("milo"), post)).rejects.toMatchObject({
      problem: { status: 409 },
    });
    expect(await shared.gate.review.decide("release", post.id, moderator("lea", "lead"), post)).toMatchObject({
      state: "held",
      claimedBy: null,
    });
  });

  it("is won by one of many", async () => {
    const post = await postIn("held");
    const tries = Array.from({ length: 20 }, (_, index) => shared.gate.review.decide("claim", post.id, moderator(`m${index}`), post));
    const won = (await Promise.allSettled(tries)).filter((result) => result.status === "fulfilled");
    expect(won).toHaveLength(1);
  });
});

describe("a decision", () => {
  it("tells the owner and the asker, with the comment", async () => {
    const { gate, notices } = await testGate();
    const { postId, contentHash } = await gate.submit(agentPost(BAD, true));
    await gate.review.decide("return", postId, moderator("mira"), { contentHash, version: 1, comment: "say who needs it" });
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
