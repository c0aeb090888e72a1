import { expect, it } from "vitest";
import { master } from "../stand-in/ways.js";
import { agent, BAD, dana, GOOD, lior, refusalOf, SECRETS, settled, testForum } from "./forum.js";

const ASKED = "It cannot read the shared folder. @Help-Bot can you help?";

it("lets people's posts through as they are", async () => {
  const forum = await testForum();
  await forum.ways.reply(lior, forum.tid, { content: "Same here since Tuesday." });
  expect(await forum.visible()).toContain("since Tuesday");
  expect(forum.db.keys().filter((key) => key.startsWith("countersign:"))).toEqual([]);
});

it("keeps back what nobody asked for, as a draft of the agent's operator", async () => {
  const forum = await testForum();
  expect(await refusalOf(forum.ways.reply(agent, forum.tid, { content: GOOD }))).toContain("error.refused");
  expect(await forum.visible()).not.toContain("numbat");
  expect(await forum.gate.drafts.list("5")).toHaveLength(1);
  await settled();
  expect(await forum.told(5)).toContain("notice.draft");
});

it("labels an asked-for answer in page, feed, API and profile", async () => {
  const forum = await testForum({ question: ASKED });
  await forum.ways.reply(agent, forum.tid, { content: GOOD, toPid: 1 });
  expect(await forum.render(2)).toContain('data-ai-disclosure="ai-generated"');
  expect(await forum.render(2)).toContain("asked for by Dana");
  expect(await forum.visible()).toContain('"countersign":{"origin":"agent"');
  expect(await forum.db.getObject("post:2")).not.toHaveProperty("countersign");
  const { profile } = await forum.hooks.fire("filter:posts.custom_profile_info", { profile: [] as { content: string }[], uid: 6 });
  expect(profile[0]?.content).toContain("AI agent");
  expect(await forum.core.mocks.actors.user(6)).toMatchObject({ type: "Application" });
  expect(await forum.core.mocks.actors.user(3)).toMatchObject({ type: "Person" });
});

it.each(["forum", "countersign"])("holds an asked-for instruction, queue: %s", async (queue) => {
  const forum = await testForum({ question: ASKED, settings: { queue } });
  const answer = forum.ways.reply(agent, forum.tid, { content: BAD, toPid: 1 });
  if (queue === "forum") expect(await answer).toMatchObject({ queued: true });
  else expect(await refusalOf(answer)).toContain("error.held");
  expect(await forum.visible()).not.toContain("quokka");
  expect(await forum.queue.list()).toHaveLength(queue === "forum" ? 1 : 0);
  expect((await forum.gate.review.list({ state: "held" })).items).toHaveLength(1);
});

it("holds new topics the same way", async () => {
  const forum = await testForum({
    settings: { queue: "forum", services: "help bot", agents: "", agentGroups: "", agentTokens: "", serviceTokens: "helper" },
  });
  expect(await forum.ways.topic(agent, { cid: 1, title: "How to", content: BAD })).toMatchObject({ queued: true });
  expect(await refusalOf(forum.core.topics.post({ uid: 6, cid: 1, title: "Run chmod 777 /srv/quokka", content: "as it says" }))).toContain(
    "error.queued",
  );
  expect(await forum.visible()).not.toContain("quokka");
  expect(await forum.db.getObject("topic:2")).toBeNull();
});

it("takes a token on a person's account for an agent on that person's behalf", async () => {
  const forum = await testForum();
  const script = { token: "lior-0000-secret", as: 4 };
  expect(await refusalOf(forum.ways.reply(script, forum.tid, { content: GOOD }))).toContain("error.refused");
  expect(await refusalOf(forum.ways.reply(master(4), forum.tid, { content: GOOD }))).toContain("error.refused");
  expect(await forum.gate.drafts.list("4")).toHaveLength(1);
  expect(await forum.visible()).not.toContain("numbat");
});

it("takes other tokens for what the admin says", async () => {
  const forum = await testForum({ settings: { otherTokens: "account" } });
  await forum.ways.reply({ token: "lior-0000-secret", as: 4 }, forum.tid, { content: GOOD });
  expect(await forum.visible()).toContain("numbat");
});

it("judges the no-script form, whose request refers to itself", async () => {
  const forum = await testForum();
  await forum.ways.compose(4, forum.tid, "Same here, a potoroo.");
  expect(await forum.visible()).toContain("potoroo");
  expect(await refusalOf(forum.ways.compose(6, forum.tid, GOOD))).toContain("error.refused");
});

it("judges other plugins' bots, which no queue hook sees, also within a person's request", async () => {
  const forum = await testForum();
  expect(await refusalOf(forum.ways.bot(6, forum.tid, GOOD))).toContain("error.refused");
  expect(await refusalOf(forum.ways.bot(6, forum.tid, GOOD, dana))).toContain("error.refused");
  expect(await refusalOf(forum.createPost({ uid: 6, tid: forum.tid, content: GOOD }))).toContain("error.refused");
  expect(await forum.visible()).not.toContain("numbat");
});

it("queues a bot's held post and then ends its call", async () => {
  const forum = await testForum({ question: ASKED });
  expect(await refusalOf(forum.ways.bot(6, forum.tid, BAD))).toContain("error.queued");
  expect(await forum.queue.list()).toHaveLength(1);
  expect(await forum.visible()).not.toContain("quokka");
});

it("takes tags that carry an instruction off", async () => {
  const forum = await testForum();
  await forum.ways.tags(agent, forum.tid, ["deploy"]);
  expect(await forum.db.getObject("topic:1")).toMatchObject({ tags: "deploy" });
  await forum.ways.tags(agent, forum.tid, ["chmod 777 /quokka"]);
  expect(JSON.stringify(await forum.db.getObject("topic:1"))).not.toContain("quokka");
});

it("reads signatures, and publishes a held one when it is approved", async () => {
  const forum = await testForum({ settings: { queue: "countersign" } });
  const signature = "Always run sudo chmod -R 777 /srv/quokka first";
  expect(await refusalOf(forum.ways.profile({ session: 6 }, { signature }))).toContain("error.held");
  expect(JSON.stringify(await forum.db.getObject("user:6"))).not.toContain("quokka");
  const [post] = (await forum.gate.review.list({ state: "held" })).items;
  const { id, version, contentHash } = await forum.gate.review.get(post?.id ?? "");
  await forum.gate.review.decide("approve", id, { id: "2", name: "Mira", role: "moderator" }, { contentHash, version });
  await forum.gate.outbox.drain();
  expect(await forum.db.getObject("user:6")).toMatchObject({ signature });
});

it("holds an agent's chat message with an instruction, answers to whoever writes to it, and does not read people's", async () => {
  const forum = await testForum();
  const room = await forum.messaging.openRoom([3, 6]);
  await forum.ways.chat(dana, room, "chmod 777 /srv/bilby is what I tried");
  await forum.ways.chat(agent, room, "Do not: restart the job instead.");
  expect(await refusalOf(forum.ways.chat(agent, room, "One more thing."))).toContain("error.refused");
  await forum.ways.chat(dana, room, "and then?");
  expect(await refusalOf(forum.ways.chat(agent, room, BAD))).toContain("error.held");
  expect(await refusalOf(forum.ways.chatEdit(agent, room, 2, BAD))).toContain("error.held");
  await forum.ways.chatEdit(agent, room, 2, "Do not: start the job again.");
  expect(forum.db.dump()).not.toContain("quokka");
  expect((await forum.gate.review.list({ state: "all" })).items.map(({ excerpt }) => excerpt).join()).not.toContain("bilby");
});

it("lets federation in through the forum's queue only where it was held", async () => {
  const actor = "https://else.example/users/bot";
  const forum = await testForum({ question: ASKED, settings: { services: actor } });
  await forum.ways.note(actor, forum.tid, "<p>A harmless potoroo.</p>", `${actor}/1`);
  expect(await forum.visible()).toContain("potoroo");
  await forum.ways.note(actor, forum.tid, "<p>Run <code>sudo chmod -R 777 /srv/quokka</code></p>", `${actor}/2`);
  expect(await forum.visible()).not.toContain("quokka");
  expect(await forum.queue.list()).toHaveLength(1);
  await forum.ways.update(actor, `${actor}/1`, "<p>Run <code>sudo chmod -R 777 /srv/quokka</code></p>");
  expect(await forum.visible()).not.toContain("quokka");
  expect(await forum.visible()).toContain("potoroo");
});

it("keeps no secret in database, log or store", async () => {
  const { readFileSync, readdirSync } = await import("node:fs");
  const forum = await testForum({ question: ASKED });
  await refusalOf(forum.ways.reply({ token: "lior-0000-secret", as: 4 }, forum.tid, { content: GOOD }));
  await refusalOf(forum.ways.reply(master(6), forum.tid, { content: BAD }));
  await forum.ways.reply(agent, forum.tid, { content: BAD, toPid: 1 });
  await settled();
  const stored = readdirSync(forum.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, "latin1"));
  const everything = [forum.db.dump(), ...forum.logged, ...stored].join("\n");
  for (const secret of SECRETS) expect(everything).not.toContain(secret);
});

it("is not talked round by what a client adds to its post", async () => {
  const forum = await testForum({ question: ASKED });
  const forged = {
    crosspostCid: 2,
    fromQueue: true,
    countersign: { postId: null, contentHash: "", digest: "", reasons: [], details: [], kind: "human" as const },
    _activitypub: {},
  };
  expect(await forum.ways.reply(agent, forum.tid, { content: BAD, toPid: 1, ...forged })).toMatchObject({ queued: true, type: "reply" });
  expect(await refusalOf(forum.core.topics.reply({ uid: 6, tid: forum.tid, content: BAD, ...forged }))).toContain("error.queued");
  expect(await forum.visible()).not.toContain("quokka");
  const [id = ""] = await forum.queue.list();
  expect((await forum.queue.getFromQueue(id))?.data.countersign?.reasons).not.toEqual([]);
});

it("lets a moderator fork an agent's post, and reads the new title", async () => {
  const forum = await testForum();
  await forum.createTopic({ uid: 6, cid: 1, title: "About numbats" });
  expect(await forum.visible()).toContain("About numbats");
  expect(await refusalOf(forum.createTopic({ uid: 6, cid: 1, title: "Run sudo chmod -R 777 /srv/quokka" }))).toContain("error.held");
});

it("judges a post by itself, whatever was said of its topic's title", async () => {
  const forum = await testForum();
  const data = { uid: 6, cid: 1, title: "About numbats", content: GOOD };
  const tid = await forum.createTopic(data);
  expect(await refusalOf(forum.createPost({ ...data, tid }))).toContain("error.refused");
  expect(await refusalOf(forum.createPost(Object.assign(data, { tid })))).toContain("error.refused");
});
