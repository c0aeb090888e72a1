import { expect, it } from "vitest";
import { agentPost, BAD, testGate } from "../testing/gate.js";

it("lets its owner publish a draft, once, through the host", async () => {
  const { gate, published } = await testGate();
  const { postId } = await gate.submit(agentPost("my analysis"));
  const outcome = await gate.drafts.publish(postId, "lior");
  expect(outcome).toMatchObject({ action: "label", postId, verdict: { request: { via: "grant", by: "lior" } } });
  await gate.outbox.drain();
  expect(published).toEqual([expect.objectContaining({ id: postId, action: "label", by: "lior" })]);
  expect((await gate.review.get(postId)).state).toBe("published");
  await expect(gate.drafts.publish(postId, "lior")).rejects.toMatchObject({ problem: { status: 404 } });
});

it("holds a published draft that contains a finding, and its owner may not approve it", async () => {
  const { gate, published } = await testGate();
  const { postId, contentHash } = await gate.submit(agentPost(BAD));
  const outcome = await gate.drafts.publish(postId, "lior");
  expect(outcome).toMatchObject({ action: "hold", postId });
  await gate.outbox.drain();
  expect(published).toEqual([]);
  const decision = { contentHash, version: 2 };
  await expect(gate.review.decide("approve", postId, { id: "lior", name: "Lior", role: "lead" }, decision)).rejects.toMatchObject({
    problem: { status: 403 },
  });
  const actions = (await gate.audit.list({ postId })).map((entry) => entry.action);
  expect(actions).toEqual(["submitted", "blocked", "drafted", "granted", "submitted", "grant-used", "held"]);
});

it("is published under its owner's own name, labelled as written with help", async () => {
  const { gate, published } = await testGate();
  const { postId, contentHash } = await gate.submit(agentPost("my analysis"));
  const outcome = await gate.drafts.publish(postId, "lior", { as: "self", contentHash });
  expect(outcome).toMatchObject({ postId, contentHash });
  await gate.outbox.drain();
  const [post] = published;
  expect(post).toMatchObject({
    id: postId,
    by: "lior",
    submission: { post: { author: { id: "lior", kind: "human" }, declared: { disclosure: "ai-assisted" } } },
  });
  expect(post?.submission.post).not.toHaveProperty("onBehalfOf");
  expect(await gate.drafts.list("lior")).toEqual([]);
});

it("is edited by its owner, and then is theirs alone", async () => {
  const { gate, published } = await testGate();
  const { postId, contentHash } = await gate.submit(agentPost("my analysis"));
  await expect(gate.drafts.edit(postId, "mallory", "mine now")).rejects.toMatchObject({ problem: { status: 404 } });
  const edited = await gate.drafts.edit(postId, "lior", "my own words");
  expect(edited).toMatchObject({ state: "blocked", version: 2, submission: { post: { body: "my own words" } } });
  expect(edited.contentHash).not.toBe(contentHash);
  await gate.outbox.drain();
  expect(published).toEqual([]);
  await expect(gate.drafts.publish(postId, "lior", { contentHash })).rejects.toMatchObject({ problem: { status: 409 } });
  await expect(gate.drafts.publish(postId, "lior", { as: "agent" })).rejects.toThrow("your own name");
  await gate.drafts.publish(postId, "lior");
  await gate.outbox.drain();
  expect(published).toEqual([
    expect.objectContaining({ submission: expect.objectContaining({ post: expect.objectContaining({ body: "my own words" }) }) }),
  ]);
  expect((await gate.audit.list({ postId })).map(({ action }) => action)).toEqual([
    "submitted",
    "blocked",
    "drafted",
    "edited",
    "submitted",
    "published",
    "delivered",
  ]);
});

it.each([
  ["an instruction", BAD],
  ["what cannot be checked", "HANG"],
])("is held with %s, whoever's name is put to it", async (_name, body) => {
  const { gate, published } = await testGate({ deadlineMs: 500 });
  const { postId } = await gate.submit(agentPost("my analysis"));
  await gate.drafts.edit(postId, "lior", body);
  expect(await gate.drafts.publish(postId, "lior")).toMatchObject({ action: "hold", postId });
  const { version, contentHash } = await gate.review.get(postId);
  const approve = (id: string) => gate.review.decide("approve", postId, { id, name: id, role: "moderator" }, { contentHash, version });
  await expect(approve("lior")).rejects.toMatchObject({ problem: { status: 403 } });
  await approve("mira");
  await gate.outbox.drain();
  expect(published).toHaveLength(1);
});

it("is nobody else's to see, publish or discard", async () => {
  const { gate } = await testGate();
  const { postId } = await gate.submit(agentPost("my analysis"));
  for (const act of [gate.drafts.get, gate.drafts.publish, gate.drafts.discard]) {
    await expect(act(postId, "mallory")).rejects.toMatchObject({ problem: { status: 404 } });
  }
  await gate.drafts.discard(postId, "lior");
  expect(await gate.drafts.list("lior")).toEqual([]);
  expect((await gate.review.get(postId)).state).toBe("withdrawn");
});

it("goes to the operator when nobody invoked the agent, else to the moderators", async () => {
  const { gate, notices } = await testGate({ operatorOf: (agent) => (agent === "helper" ? "opal" : null) });
  const post = agentPost("my analysis");
  delete post.post.onBehalfOf;
  const { postId } = await gate.submit(post);
  expect((await gate.drafts.list("opal")).map((draft) => draft.id)).toEqual([postId]);
  post.post.author = { id: "stray", kind: "agent" };
  await gate.submit(post);
  post.post.author = { id: "registered", kind: "agent" };
  await gate.submit(post);
  expect(notices.map((notice) => notice.to)).toEqual(["opal", null, "olga"]);
});

it("reaches the host at last, however often the host fails", async () => {
  let clock = Date.parse("2026-05-05T09:00:00Z");
  let failures = 3;
  const delivered: string[] = [];
  const publish = (post: { id: string }) => {
    if (failures-- > 0) throw new Error("the forum is down");
    delivered.push(post.id);
  };
  const { gate, logged } = await testGate({ now: () => new Date(clock), publish });
  const { postId } = await gate.submit(agentPost("my analysis"));
  await gate.drafts.publish(postId, "lior");
  for (let tries = 0; tries < 4; tries++) {
    await gate.outbox.drain();
    clock += 300_000;
  }
  expect(delivered).toEqual([postId]);
  expect(logged.filter((line) => line.event === "outbox/publish-failed")).toHaveLength(3);
});
