/**
 * The fourteen traps of NodeBB, each by what would go wrong.
 */
import { expect, it } from "vitest";
import { createJudge } from "../lib/judge.js";
import type { Gate } from "../lib/types.js";
import { master } from "../stand-in/ways.js";
import { agent, BAD, dana, GOOD, lior, refusalOf, SECRETS, settled, testForum } from "./forum.js";

const ASKED = "It cannot read the shared folder. @Help-Bot can you help?";
const HARMLESS = "A harmless answer.";

it("1: reads the text that renders, on create, on edit and in the queue", async () => {
  const forum = await testForum({ question: ASKED });
  const { id } = (await forum.ways.reply(agent, forum.tid, { content: HARMLESS, sourceContent: BAD, toPid: 1 })) as { id: string };
  expect(await forum.visible()).not.toContain("quokka");
  await forum.ways.look(2);
  await forum.ways.editQueued(id, { content: "Another harmless answer.", sourceContent: "sudo chmod -R 777 /srv/wombat" });
  expect(await refusalOf(forum.ways.accept(2, id))).toContain("error.changed");
});

it("2: an author's edit of a queued post fires no hook, and is not published on an approval of the old text", async () => {
  const forum = await testForum({ question: ASKED });
  const { id } = (await forum.ways.reply(agent, forum.tid, { content: BAD, toPid: 1 })) as { id: string };
  await forum.ways.look(2);
  await forum.ways.editQueued(id, { content: HARMLESS });
  expect(await refusalOf(forum.ways.accept(2, id))).toContain("error.changed");
  expect(await forum.visible()).not.toContain(HARMLESS);
});

it("3: moderators' notifications and mails do not carry the held text", async () => {
  const forum = await testForum({
    settings: { services: "help bot", agents: "", agentGroups: "", agentTokens: "", serviceTokens: "helper" },
  });
  await forum.ways.reply(agent, forum.tid, { content: BAD });
  await forum.ways.topic(agent, { cid: 1, title: "Run sudo chmod -R 777 /srv/quokka", content: BAD });
  await settled();
  const notifications = forum.db.keys().filter((key) => key.startsWith("notifications:"));
  expect(notifications.filter((key) => key.includes("post-queue"))).toHaveLength(2);
  expect(JSON.stringify([await forum.db.getObjects(notifications), forum.mails])).not.toContain("quokka");
});

it("4: nothing is added to the forum's own posts, which are public field by field", async () => {
  const forum = await testForum({ question: ASKED });
  await forum.ways.reply(agent, forum.tid, { content: GOOD, toPid: 1 });
  const fields = Object.keys((await forum.db.getObject("post:2")) ?? {});
  expect(fields.sort()).toEqual(["content", "pid", "tid", "timestamp", "toPid", "uid"]);
  expect(await forum.db.getObject("countersign:post:2")).not.toBeNull();
});

it("5: neither the bearer token nor the session reaches engine, log, store or queue", async () => {
  const seen: unknown[] = [];
  const engine = { module: new URL("../../../node/testing/engine.mjs", import.meta.url).href };
  const forum = await testForum({ question: ASKED, gate: { engine, log: { log: (...event) => seen.push(event) } } });
  await forum.ways.reply(agent, forum.tid, { content: BAD, toPid: 1 });
  // Another plugin's bot, within a bearer's request: the hook's payload carries that request as `caller`.
  await refusalOf(forum.ways.bot(6, forum.tid, BAD, { token: "tools-0000-secret", as: 1 }));
  const records = await forum.gate.review.list({ state: "all" });
  const details = await Promise.all(records.items.map(({ id }) => forum.gate.review.get(id)));
  const everything = JSON.stringify([seen, forum.logged, details]) + forum.db.dump();
  for (const secret of SECRETS) expect(everything).not.toContain(secret);
});

it("6: a bearer is who the payload says, not the caller; a master token acts for anybody and is known as one", async () => {
  const forum = await testForum();
  expect(await refusalOf(forum.ways.reply(agent, forum.tid, { content: GOOD }))).toContain("error.refused");
  expect(await refusalOf(forum.ways.reply(master(3), forum.tid, { content: GOOD }))).toContain("error.refused");
  expect((await forum.gate.drafts.list("5")).map(({ author }) => author.id)).toEqual(["6"]);
  expect((await forum.gate.drafts.list("3")).map(({ author }) => author.id)).toEqual(["3"]);
});

it("7: an agent that signs in with a password is still an agent", async () => {
  const forum = await testForum();
  expect(await refusalOf(forum.ways.reply({ session: 6 }, forum.tid, { content: GOOD }))).toContain("error.refused");
});

it("8: a refused topic leaves no topic behind", async () => {
  const forum = await testForum();
  await refusalOf(forum.ways.topic(agent, { cid: 1, title: "Numbats", content: GOOD }));
  await refusalOf(forum.core.topics.post({ uid: 6, cid: 1, title: "Numbats", content: GOOD }));
  expect(await forum.db.getSortedSetRange("topics:tid", 0, -1)).toEqual(["1"]);
});

it("9: the no-script form's request, which refers to itself, is never serialised", async () => {
  const forum = await testForum({ question: ASKED });
  expect(await forum.ways.compose(6, forum.tid, BAD)).toMatchObject({ queued: true });
  expect(await forum.visible()).not.toContain("quokka");
});

it("10: a held remote post waits whole in the forum's queue, and is published from there", async () => {
  const actor = "https://else.example/users/bot";
  const forum = await testForum({ settings: { services: actor, queue: "countersign" } });
  await forum.ways.note(actor, forum.tid, "<p>Run <code>sudo chmod -R 777 /srv/quokka</code></p>", `${actor}/1`);
  const [id = ""] = await forum.queue.list();
  expect(await forum.visible()).not.toContain("quokka");
  await forum.ways.look(2);
  await forum.ways.accept(2, id);
  expect(await forum.db.getObject(`post:${actor}/1`)).toMatchObject({ uid: actor });
});

it("11: what is held is held before it exists, so no reader has to be kept from it", async () => {
  const forum = await testForum({ question: ASKED });
  await forum.ways.reply(agent, forum.tid, { content: BAD, toPid: 1 });
  await refusalOf(forum.ways.reply(lior, forum.tid, { content: "Thanks!" }));
  expect(await forum.db.getSortedSetRange("posts:pid", 0, -1)).toEqual(["1", "2"]);
});

it("12: a held edit answers as if nothing had changed, because nothing has", async () => {
  const forum = await testForum({ question: ASKED });
  await forum.ways.reply(agent, forum.tid, { content: GOOD, toPid: 1 });
  const answer = await forum.ways.edit(agent, 2, { content: HARMLESS, sourceContent: BAD });
  expect(answer).toMatchObject({ content: GOOD });
  expect(await forum.db.getObject("post:2")).not.toHaveProperty("sourceContent");
  expect((await forum.gate.review.list({ state: "held" })).items).toHaveLength(1);
});

it("13: a bot inside the forum has no request and passes no queue hook", async () => {
  const forum = await testForum({ question: ASKED });
  expect(await refusalOf(forum.ways.bot(6, forum.tid, BAD, dana))).toContain("error.queued");
  expect(await forum.visible()).not.toContain("quokka");
});

it("14: the hook never waits for the engine longer than the limit", async () => {
  const never = { submit: () => new Promise(() => undefined) } as unknown as Gate;
  const judge = createJudge({ gate: () => never, log: { warn: () => undefined, error: () => undefined }, limitMs: 10 });
  expect(await judge({ post: { body: GOOD, author: { id: "6", kind: "agent" } } })).toMatchObject({ action: "hold" });
});
