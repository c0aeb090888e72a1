import { expect, it } from "vitest";
import { lea, mira, testDesk } from "../testing/desk.js";
import { agentPost, BAD } from "../testing/gate.js";

it("keeps what a post said before each edit, newest first, and finds it by what it says now", async () => {
  const desk = await testDesk();
  const { postId, contentHash } = await desk.gate.submit(agentPost(BAD, true));
  const hashes = [contentHash];
  for (const body of [`${BAD} -v`, `${BAD} twice`]) {
    desk.pass(1_000);
    const edit = agentPost(body, true);
    edit.post.revises = hashes.at(-1) ?? "";
    hashes.push((await desk.gate.revise(edit)).contentHash);
  }
  const { versions, submission, version } = await desk.gate.review.get(postId);
  expect([submission.post.body, version]).toEqual([`${BAD} twice`, 3]);
  expect(versions.map((was) => [was.version, was.contentHash, was.submission.post.body, was.replacedAt])).toEqual([
    [2, hashes[1], `${BAD} -v`, "2026-05-05T09:00:02.000Z"],
    [1, hashes[0], BAD, "2026-05-05T09:00:01.000Z"],
  ]);
  const found = async (q: string) => (await desk.gate.review.list({ q })).items.map(({ id }) => id);
  expect([await found("twice"), await found("nothing"), (await desk.gate.review.list({ rule: "shell/chmod-world" })).items.length]).toEqual(
    [[postId], [], 1],
  );
});

it("adds none for the same text, and one for an owner's edit of a draft", async () => {
  const desk = await testDesk();
  const { postId } = await desk.gate.submit(agentPost(BAD, true));
  await desk.gate.submit(agentPost(BAD, true));
  await desk.act("return", postId, mira);
  await desk.gate.drafts.edit(postId, "lior", "my own words");
  const { versions } = await desk.gate.review.get(postId);
  expect(versions.map(({ version, submission }) => [version, submission.post.body])).toEqual([[2, BAD]]);
  expect((await desk.gate.drafts.get(postId, "lior")).versions).toHaveLength(1);
  await expect(desk.act("undo", postId, lea)).rejects.toMatchObject({ problem: { status: 409 } });
});
