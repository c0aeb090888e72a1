/**
 * The stand-in forum under the test kit every other host is tried with.
 */
import { expect, it } from "vitest";
import { type Host, tryHost } from "../../../node/testkit/index.js";
import { agent, dana, type TestForum, testForum } from "./forum.js";

/** The stand-in as a host; a refused call is a refused post. */
function hostOf(forum: TestForum): Host {
  const who = { human: dana, agent };
  const newest = async () => (await forum.db.getSortedSetRevRange("posts:pid", 0, 0))[0] ?? null;
  return {
    agent: "Help-Bot",
    fields: ["sourceContent"],
    async submit({ author, body, fields, question }) {
      await forum.ways.topic(dana, { cid: 1, title: "A question", content: question });
      const [tid = ""] = await forum.db.getSortedSetRevRange("topics:tid", 0, 0);
      const before = await newest();
      await forum.ways.reply(who[author], tid, { content: body, ...fields }).catch(() => undefined);
      const after = await newest();
      return { thread: tid, id: after === before ? null : after };
    },
    edit: async ({ id }, { author, body, fields }) =>
      void (await forum.ways.edit(who[author], id, { content: body, ...fields }).catch(() => undefined)),
    read: () => forum.visible(),
  };
}

it("lets through and keeps back what the test kit expects", async () => {
  const forum = await testForum();
  const { ok, table } = await tryHost(hostOf(forum));
  expect(ok, table).toBe(true);
});

it("is told by the test kit when it is not protected", async () => {
  const forum = await testForum();
  forum.hooks.clear();
  const { ok, results } = await tryHost(hostOf(forum));
  expect(ok).toBe(false);
  expect(results.filter((result) => !result.ok).map(({ wanted }) => wanted)).toContain("not visible");
});
