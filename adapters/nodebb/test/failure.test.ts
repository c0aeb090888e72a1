import { expect, it } from "vitest";
import { createJudge } from "../lib/judge.js";
import type { Gate } from "../lib/types.js";
import { agent, BAD, dana, GOOD, refusalOf, testForum } from "./forum.js";

const silent = { warn: () => undefined, error: () => undefined };
const post = (kind: "human" | "agent") => ({ post: { body: "text", author: { id: "1", kind } } });

it("goes on without Countersign: people's posts are published, agents' held in the forum's own queue", async () => {
  const forum = await testForum({ broken: true, settings: { queue: "countersign" } });
  await forum.ways.reply(dana, forum.tid, { content: "Never mind, says the potoroo." });
  expect(await forum.visible()).toContain("potoroo");
  expect(await forum.ways.reply(agent, forum.tid, { content: GOOD })).toMatchObject({ queued: true });
  expect(await refusalOf(forum.ways.bot(6, forum.tid, BAD))).toContain("error.queued");
  expect(await forum.visible()).not.toMatch(/numbat|quokka/);
  expect(forum.logged.join()).toContain("the gate could not start");
});

it("publishes what was held without the gate when a moderator has read it", async () => {
  const forum = await testForum({ broken: true });
  const { id } = (await forum.ways.reply(agent, forum.tid, { content: GOOD })) as { id: string };
  await forum.ways.look(2);
  await forum.ways.accept(2, id);
  expect(await forum.visible()).toContain("numbat");
});

it.each(["HANG", "TRAP", "EXIT"])("holds an agent's post when the engine does: %s", async (word) => {
  const engine = { module: new URL("../../../node/testing/engine.mjs", import.meta.url).href };
  const forum = await testForum({ gate: { engine, deadlineMs: 100 } });
  expect(await forum.ways.reply(agent, forum.tid, { content: `${word} numbat` })).toMatchObject({ queued: true });
  await forum.ways.reply(dana, forum.tid, { content: `${word} potoroo` });
  expect(await forum.visible()).toContain("potoroo");
  expect(await forum.visible()).not.toContain("numbat");
});

it("does not wait for a gate that does not answer", async () => {
  const never = { submit: () => new Promise(() => undefined) } as unknown as Gate;
  const judge = createJudge({ gate: () => never, log: silent, limitMs: 20 });
  expect(await judge(post("human"))).toMatchObject({ action: "publish" });
  expect(await judge(post("agent"))).toMatchObject({ action: "hold", postId: null });
});

it("holds an agent's post when the gate refuses to keep it", async () => {
  const down = { submit: () => Promise.reject(new Error("store-unavailable")) } as unknown as Gate;
  const judge = createJudge({ gate: () => down, log: silent });
  expect(await judge(post("agent"))).toMatchObject({ action: "hold" });
  expect(await judge(post("human"))).toMatchObject({ action: "publish" });
});

it("keeps the last good policy", async () => {
  const forum = await testForum();
  await forum.core.settings.set("countersign", { policy: "[kill_switch]\nall_agent = true\n" });
  expect((await forum.gate.health()).refused?.error).toContain("all_agent");
  await forum.ways.reply(dana, forum.tid, { content: "Still here, says the potoroo." });
  expect(await forum.visible()).toContain("potoroo");
});
