import { describe, expect, it } from "vitest";
import { agentPost, BAD, humanPost, testGate } from "../testing/gate.js";

describe("submit", () => {
  it("makes an unasked post a private draft of the one it was written for", async () => {
    const { gate, notices } = await testGate();
    const outcome = await gate.submit(agentPost("my analysis"));
    expect(outcome).toMatchObject({
      action: "block",
      problem: { type: "urn:countersign:problem:unrequested", status: 403, postId: outcome.postId },
    });
    expect(outcome.problem?.draft).toContain("lior");
    expect(notices).toEqual([expect.objectContaining({ to: "lior", kind: "draft", postId: outcome.postId })]);
    const drafts = await gate.drafts.list("lior");
    expect(drafts.map((draft) => draft.id)).toEqual([outcome.postId]);
    expect(await gate.drafts.list("dana")).toEqual([]);
    await expect(gate.drafts.get(outcome.postId, "dana")).rejects.toMatchObject({ problem: { status: 404 } });
  });

  it("holds an asked-for post with a finding and publishes one without", async () => {
    const { gate } = await testGate();
    const held = await gate.submit(agentPost(BAD, true));
    expect(held).toMatchObject({ action: "hold", problem: { type: "urn:countersign:problem:held" } });
    expect(await gate.submit(agentPost("reinstall the packages", true))).toMatchObject({ action: "label" });
    expect((await gate.review.list()).items.map((post) => [post.id, post.severity])).toEqual([[held.postId, "critical"]]);
  });

  it("answers a repeated submission with the same record", async () => {
    const { gate } = await testGate();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => gate.submit(agentPost(BAD, true))));
    expect(new Set(outcomes.map((outcome) => outcome.postId)).size).toBe(1);
    expect((await gate.review.list()).items).toHaveLength(1);
  });

  it("keeps no record of a human's harmless post and flags one with a finding", async () => {
    const { gate } = await testGate();
    expect(await gate.submit(humanPost("thanks"))).toMatchObject({ action: "publish" });
    expect(await gate.audit.list()).toEqual([]);
    const flagged = await gate.submit(humanPost(BAD));
    expect(flagged.action).toBe("flag");
    expect((await gate.review.get(flagged.postId)).state).toBe("flagged");
  });

  it.each([
    ["HANG", "undecided/deadline"],
    ["TRAP", "undecided/trap"],
    ["EXIT", "undecided/trap"],
  ])("holds an agent's post and publishes a human's when the engine meets %s", async (word, code) => {
    const { gate, logged } = await testGate();
    expect(await gate.submit(agentPost(`secret plan ${word}`, true))).toMatchObject({
      action: "hold",
      undecided: code,
      problem: { status: 503 },
    });
    expect(await gate.submit(humanPost(`secret plan ${word}`))).toMatchObject({ action: "publish", undecided: code });
    expect(await gate.submit(agentPost("fine", true))).toMatchObject({ action: "label" });
    const actions = (await gate.audit.list()).map((entry) => entry.action);
    expect(actions).toEqual(["submitted", "held", "submitted", "published", "submitted", "labelled"]);
    expect(JSON.stringify(logged)).not.toContain("secret plan");
  });

  it("closes the held record when the same text passes on the next try", async () => {
    const store = `${(await testGate()).store}-2`;
    const first = await testGate({ store, policy: "blind" });
    const held = await first.gate.submit(agentPost("fine", true));
    expect(held.undecided).toBe("undecided/unhealthy");
    await first.gate.close();
    const second = await testGate({ store });
    expect(await second.gate.submit(agentPost("fine", true))).toMatchObject({ action: "label", postId: held.postId });
    expect((await second.gate.review.get(held.postId)).state).toBe("published");
  });

  it("puts an edit of a held post in its place, under a new version", async () => {
    const { gate } = await testGate();
    const held = await gate.submit(agentPost(BAD, true));
    const edit = agentPost(`${BAD} -v`, true);
    edit.post.revises = held.contentHash;
    const edited = await gate.revise(edit);
    expect(edited.postId).toBe(held.postId);
    expect(await gate.review.get(held.postId)).toMatchObject({ state: "held", version: 2, contentHash: edited.contentHash });
    await expect(gate.revise(agentPost("x"))).rejects.toThrow("post.revises");
  });

  it("makes an edit of a published, flagged post a record of its own", async () => {
    const { gate } = await testGate();
    const flagged = await gate.submit(humanPost(BAD));
    const edit = humanPost(`${BAD}!`);
    edit.post.revises = flagged.contentHash;
    expect((await gate.revise(edit)).postId).not.toBe(flagged.postId);
    expect((await gate.review.get(flagged.postId)).state).toBe("flagged");
  });

  it("refuses an agent's post, and lets a human's through, when the store is gone", async () => {
    const { gate, logged } = await testGate();
    await gate.close();
    await expect(gate.submit(agentPost("x"))).rejects.toMatchObject({ problem: { type: "urn:countersign:problem:store-unavailable" } });
    expect(logged.map((line) => line.event)).toContain("store/failed");
  });
});

describe("health", () => {
  it("passes with an engine that tells good from bad", async () => {
    const { gate } = await testGate();
    expect(await gate.health()).toEqual({ ok: true, canary: "passed", engine: { version: "test", pack: "test", policy: "test" } });
  });

  it("fails with one that finds nothing any more, and holds every agent's post", async () => {
    const { gate } = await testGate({ policy: "blind" });
    expect(await gate.health()).toMatchObject({ ok: false, canary: "failed" });
    expect(await gate.submit(agentPost("fine", true))).toMatchObject({ action: "hold", undecided: "undecided/unhealthy" });
    expect(await gate.submit(humanPost("fine"))).toMatchObject({ action: "publish" });
  });

  it("holds what a registered agent writes even when the host takes it for a person", async () => {
    const { gate } = await testGate({ policy: "blind" });
    const post = humanPost("fine");
    expect(await gate.submit({ ...post, post: { ...post.post, author: { id: "registered", kind: "human" } } })).toMatchObject({
      action: "hold",
    });
  });

  it("fails with one that dies on start", async () => {
    const { gate } = await testGate({ policy: "die" });
    expect(await gate.health()).toMatchObject({ ok: false });
    expect(await gate.submit(agentPost("fine", true))).toMatchObject({ action: "hold" });
  });

  it("refuses to start with a policy the engine refuses", async () => {
    await expect(testGate({ policy: "strictnes = 2" })).rejects.toThrow("did you mean `strictness`");
    await expect(testGate({ policyFile: "/nowhere/policy.toml" })).rejects.toThrow("cannot read the policy `/nowhere/policy.toml`");
  });
});
