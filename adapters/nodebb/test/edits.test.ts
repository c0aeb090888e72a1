import { expect, it } from "vitest";
import { agent, BAD, dana, GOOD, lior, refusalOf, settled, testForum } from "./forum.js";

const ASKED = "It cannot read the shared folder. @Help-Bot can you help?";
const mira = { id: "2", name: "Mira", role: "moderator" as const };
const strict = { policy: "" };

/** Approves the newest held record at the desk, as Mira. */
async function approve(forum: Awaited<ReturnType<typeof testForum>>) {
  const [post] = (await forum.gate.review.list({ state: "held" })).items;
  const { id, version, contentHash } = await forum.gate.review.get(post?.id ?? "");
  await forum.gate.review.decide("approve", id, mira, { contentHash, version });
  await forum.gate.outbox.drain();
}

it("keeps the old text while an agent's edit is held, and writes no history", async () => {
  const forum = await testForum({ question: ASKED });
  await forum.ways.reply(agent, forum.tid, { content: GOOD, toPid: 1 });
  const edit = await forum.ways.edit(agent, 2, { content: BAD }).catch((error: Error) => error.message);
  expect(await forum.visible()).toContain("numbat");
  expect(await forum.visible()).not.toContain("quokka");
  expect(await forum.db.getSortedSetRange("post:2:diffs", 0, -1)).toEqual([]);
  expect(JSON.stringify(edit)).not.toContain("quokka");
});

it("reads both texts, the title and the tags of an edit", async () => {
  const forum = await testForum({
    settings: { services: "help bot", agents: "", agentGroups: "", agentTokens: "", serviceTokens: "helper" },
  });
  await forum.ways.topic(agent, { cid: 1, title: "Nightly report", content: "All jobs passed, says the numbat." });
  const attempts = [
    { content: "All jobs passed, says the numbat.", sourceContent: "sudo chmod -R 777 /srv/quokka" },
    { content: "All jobs passed, says the numbat.", title: "Run sudo chmod -R 777 /srv/quokka" },
    { content: "All jobs passed, says the numbat.", tags: ["sudo chmod -R 777 /srv/quokka"] },
  ];
  for (const attempt of attempts) await forum.ways.edit(agent, 2, attempt);
  expect(await forum.visible()).not.toContain("quokka");
  expect(await forum.visible()).toContain("Nightly report");
  expect(await forum.db.getObject("post:2")).not.toHaveProperty("editor");
});

it("publishes a held edit, as its editor's, when a moderator approves it", async () => {
  const forum = await testForum({
    settings: { services: "help bot", agents: "", agentGroups: "", agentTokens: "", serviceTokens: "helper" },
  });
  await forum.ways.topic(agent, { cid: 1, title: "Nightly report", content: "All jobs passed." });
  await forum.ways.edit(agent, 2, { content: BAD, title: "Nightly repair" });
  await settled();
  expect(await forum.told(2)).toContain("notice.held");
  await approve(forum);
  expect(await forum.db.getObject("post:2")).toMatchObject({ content: BAD, editor: "6" });
  expect(await forum.db.getObject("topic:2")).toMatchObject({ title: "Nightly repair" });
});

it("restores an older version only when that passes", async () => {
  const forum = await testForum({ settings: strict });
  await forum.ways.reply(lior, forum.tid, { content: BAD });
  await forum.ways.edit(lior, 2, { content: "On second thought: ask the potoroo." });
  // Lior's token is an agent's: what it brings back was Lior's own, and is read again.
  expect(await refusalOf(forum.ways.restore({ token: "lior-0000-secret", as: 4 }, 2))).toContain("error.refused");
  expect(await forum.visible()).toContain("potoroo");
});

it("blames the editor, and keeps an agent's label through a person's edit", async () => {
  const forum = await testForum({ question: ASKED });
  await forum.ways.reply(agent, forum.tid, { content: GOOD, toPid: 1 });
  await forum.ways.edit({ session: 1 }, 2, { content: `${GOOD}\n\nConfirmed by a dunnart.` });
  expect(await forum.render(2)).toContain("dunnart");
  expect(await forum.render(2)).toContain('data-ai-disclosure="ai-generated"');
});

it("says so when a person's post is published with an instruction, until a moderator has cleared it", async () => {
  const forum = await testForum();
  await forum.ways.reply(lior, forum.tid, { content: BAD });
  expect(await forum.render(2)).toContain("check it before you follow it");
  const [post] = (await forum.gate.review.list({ state: "flagged" })).items;
  const { id, version, contentHash } = await forum.gate.review.get(post?.id ?? "");
  await forum.gate.review.decide("approve", id, mira, { contentHash, version });
  await settled();
  expect(await forum.render(2)).toContain("checked by a moderator");
  expect(await forum.render(2)).not.toContain("check it before");
});

it("leaves an edit that changes nothing alone", async () => {
  const forum = await testForum();
  await forum.ways.reply(dana, forum.tid, { content: BAD });
  await forum.ways.edit(dana, 2, { content: BAD });
  expect((await forum.gate.review.list({ state: "all" })).items).toHaveLength(1);
});

it("takes a flagged post down when a moderator rejects it", async () => {
  const forum = await testForum();
  await forum.ways.reply(lior, forum.tid, { content: BAD });
  const [post] = (await forum.gate.review.list({ state: "flagged" })).items;
  const { id, version, contentHash } = await forum.gate.review.get(post?.id ?? "");
  await forum.gate.review.decide("reject", id, mira, { contentHash, version });
  await forum.gate.outbox.drain();
  expect(await forum.visible()).not.toContain("quokka");
  expect(await forum.db.getObject("post:2")).toMatchObject({ deleted: "1" });
});
