import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { agent, BAD, GOOD, settled, testForum } from "./forum.js";

it("leaves the forum as it was", async () => {
  const forum = await testForum({ question: "Any idea? @Help-Bot can you help? @Help-Bot twice" });
  await forum.ways.reply(agent, forum.tid, { content: GOOD, toPid: 1 });
  await forum.ways.reply({ session: 4 }, forum.tid, { content: "Also: @Help-Bot what next?" });
  await forum.ways.reply(agent, forum.tid, { content: BAD, toPid: 3 });
  await forum.ways.look(2);
  await settled();
  expect(forum.db.dump()).toContain("countersign");
  await forum.hooks.fire("action:plugin.uninstall", { id: "nodebb-plugin-countersign" });
  forum.hooks.clear();
  expect(forum.db.keys().filter((key) => key.includes("countersign") && !key.startsWith("uid:"))).toEqual([]);
  const [id] = await forum.queue.list();
  expect(await forum.queue.getFromQueue(id ?? "")).not.toHaveProperty("data.countersign");
  expect(await forum.visible()).not.toContain("Written by an AI agent");
  expect(await forum.visible()).toContain("numbat");
});

it("has every text in every language", () => {
  const texts = (language: string) =>
    JSON.parse(readFileSync(new URL(`../languages/${language}/countersign.json`, import.meta.url), "utf8"));
  const [english, german] = [texts("en-GB"), texts("de")];
  expect(Object.keys(german)).toEqual(Object.keys(english));
  const places = (text: string) => text.match(/%\d/g) ?? [];
  for (const key of Object.keys(english)) expect(places(german[key])).toEqual(places(english[key]));
});
