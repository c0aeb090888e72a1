import { expect, it } from "vitest";
import { agent, BAD, GOOD, refusalOf, settled, testForum } from "./forum.js";

const ASKED = "It cannot read the shared folder. @Help-Bot can you help?";

/** A forum whose own queue holds an agent's answer. */
async function held(content = BAD, options: Parameters<typeof testForum>[0] = {}) {
  const forum = await testForum({ question: ASKED, ...options });
  const queued = (await forum.ways.reply(agent, forum.tid, { content, toPid: 1 })) as { id: string };
  const record = async () => {
    const [summary] = (await forum.gate.review.list({ state: "all" })).items;
    return forum.gate.review.get(summary?.id ?? "");
  };
  return { ...forum, id: queued.id, record };
}

it("shows moderators why, where they already look", async () => {
  const forum = await held();
  const [post] = await forum.ways.look(2);
  expect(post?.countersign).toMatchObject({ reasons: [expect.stringContaining("Everyone may write")] });
  expect(String(post?.data.content)).toContain("Held by Countersign");
});

it("publishes what a moderator has read and approved in the forum's queue, with a receipt", async () => {
  const forum = await held();
  await forum.ways.look(2);
  await forum.ways.accept(2, forum.id);
  await forum.gate.outbox.drain();
  expect(await forum.render(2)).toContain("quokka");
  expect(await forum.render(2)).toContain("checked by a moderator");
  expect(await forum.db.getObject("post:3")).toBeNull();
  expect(await forum.record()).toMatchObject({ state: "approved", receipt: expect.any(String), decision: { by: "2" } });
});

it("does not publish what a moderator has not read", async () => {
  const forum = await held();
  expect(await refusalOf(forum.ways.accept(2, forum.id))).toContain("error.changed");
  await forum.ways.look(7);
  expect(await refusalOf(forum.ways.accept(2, forum.id))).toContain("error.changed");
  expect(await forum.visible()).not.toContain("quokka");
});

it("does not publish a text its author swapped after it was read, and judges the new one", async () => {
  const forum = await held(`${BAD}\n\nA mild version.`);
  await forum.ways.look(2);
  await forum.ways.editQueued(forum.id, { content: "sudo chmod -R 777 / # wombat" });
  expect(await refusalOf(forum.ways.accept(2, forum.id))).toContain("error.changed");
  expect(await refusalOf(forum.ways.accept(2, forum.id))).toContain("error.changed");
  expect(await forum.visible()).not.toContain("wombat");
  expect((await forum.gate.review.list({ state: "held" })).items).toHaveLength(1);
  await forum.ways.look(2);
  await forum.ways.accept(2, forum.id);
  expect(await forum.visible()).toContain("wombat");
});

it("judges what is put into the other text of a queued post", async () => {
  const forum = await held();
  await forum.ways.look(2);
  await forum.ways.editQueued(forum.id, { sourceContent: "sudo chmod -R 777 / # wombat" });
  expect(await refusalOf(forum.ways.accept(2, forum.id))).toContain("error.changed");
});

it("takes no approval by a token, by the agent's operator, or by whoever asked", async () => {
  const forum = await held(BAD, { settings: { agents: "help bot = mira" } });
  await forum.ways.look(2);
  expect(await refusalOf(forum.ways.acceptByToken("tools-0000-secret", forum.id))).toContain("error.by-person");
  expect(await refusalOf(forum.ways.accept(2, forum.id))).toContain("error.decide");
  await forum.ways.look(3);
  expect(await refusalOf(forum.ways.accept(3, forum.id))).toContain("error.by-person");
  expect(await forum.visible()).not.toContain("quokka");
});

it("counts a rejection in the queue at the desk, and one at the desk in the queue", async () => {
  const first = await held();
  await first.ways.reject(2, first.id);
  expect(await first.record()).toMatchObject({ state: "rejected" });
  const second = await held();
  const { id, version, contentHash } = await second.record();
  await second.gate.review.decide("reject", id, { id: "2", name: "Mira", role: "moderator" }, { version, contentHash });
  await settled();
  expect(await second.queue.list()).toEqual([]);
});

it("publishes from the queue what is approved at the desk, once", async () => {
  const forum = await held();
  const { id, version, contentHash } = await forum.record();
  await forum.gate.review.decide("approve", id, { id: "2", name: "Mira", role: "moderator" }, { version, contentHash });
  await forum.gate.outbox.drain();
  expect(await forum.queue.list()).toEqual([]);
  expect(await forum.render(2)).toContain("quokka");
  expect(await forum.db.getObject("post:3")).toBeNull();
});

it("asks for two people where the policy does", async () => {
  const forum = await held(BAD, { settings: { policy: '[review]\ntwo_person = "critical"\n' } });
  await forum.ways.look(2);
  expect(await refusalOf(forum.ways.accept(2, forum.id))).toContain("error.another");
  await forum.ways.look(7);
  await forum.ways.accept(7, forum.id);
  expect(await forum.visible()).toContain("quokka");
});

it("keeps held text out of notifications and mails", async () => {
  const forum = await held();
  await forum.ways.bot(6, forum.tid, BAD).catch(() => undefined);
  await settled();
  expect(JSON.stringify(forum.mails)).not.toContain("quokka");
  expect(await forum.told(2)).not.toContain("quokka");
  expect(JSON.stringify(forum.mails)).toContain("notice.queued");
});

it("publishes the draft its owner publishes, as the agent's answer", async () => {
  const forum = await testForum();
  await refusalOf(forum.ways.reply(agent, forum.tid, { content: GOOD, onBehalfOf: "lior" }));
  const step = forum.routes.get("POST /countersign/drafts/:id/:step") as (request: object, response: object) => Promise<unknown>;
  const [draft] = await forum.gate.drafts.list("4");
  const { contentHash } = await forum.gate.drafts.get(draft?.id ?? "", "4");
  const request = { uid: 4, params: { id: draft?.id, step: "publish" }, body: { contentHash } };
  expect(await step({ ...request, uid: 3 }, {})).toMatchObject({ status: 400 });
  expect(await step(request, {})).toMatchObject({ status: 200, payload: { action: "label" } });
  await forum.gate.outbox.drain();
  expect(await forum.render(2)).toContain("numbat");
  expect(await forum.db.getObject("post:2")).toMatchObject({ uid: "6" });
});
