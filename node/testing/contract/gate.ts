/**
 * What the gate promises, whatever it keeps its records in.
 */
import { describe, expect, it } from "vitest";
import { agentPost, BAD, humanPost, people } from "../gate.js";
import type { Setting } from "./setting.js";

const person = (name: string) => {
  const found = people[name];
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};

export function gateContract({ gate: open }: Setting): void {
  it("uses a grant up once, though a hundred posts come with it", async () => {
    const { gate } = await open();
    const { token } = await gate.grants.issue({ by: "dana", agent: "helper", thread: "t1" });
    const posts = Array.from({ length: 100 }, (_, index) => gate.submit(agentPost(`answer ${index}`), { grant: token }));
    const outcomes = await Promise.all(posts);
    expect(outcomes.filter(({ action }) => action === "label")).toHaveLength(1);
    const used = (await gate.audit.list()).filter(({ action }) => action === "grant-used");
    expect(used).toHaveLength(1);
    expect(await gate.audit.verify()).toMatchObject({ ok: true });
  });

  it("holds a post whose names no column could take", async () => {
    const { gate } = await open();
    const post = agentPost(`${BAD}\0`, true);
    post.post.author = { id: "hel\0per", handle: "\0", kind: "agent" };
    post.post.fields = { title: "a\0b" };
    post.thread.category = "i\0t";
    const { postId } = await gate.submit(post);
    expect(await gate.review.get(postId)).toMatchObject({ author: { id: "hel\uFFFDper" }, submission: { post: { body: `${BAD}\0` } } });
    expect(await gate.audit.verify()).toMatchObject({ ok: true });
  });

  it("keeps one record of a post that comes in twenty times at once", async () => {
    const { gate } = await open();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => gate.submit(humanPost(BAD))));
    expect(new Set(outcomes.map(({ postId }) => postId)).size).toBe(1);
  });

  it("lets one of many moderators claim a post", async () => {
    const { gate } = await open();
    const { postId, contentHash } = await gate.submit(agentPost(BAD, true));
    const claim = (name: string) => gate.review.decide("claim", postId, person(name), { contentHash, version: 1 });
    const claims = await Promise.allSettled(["mira", "milo", "lea", "mira", "milo", "lea"].map(claim));
    expect(claims.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refused = claims.filter(({ status }) => status === "rejected") as PromiseRejectedResult[];
    for (const { reason } of refused) expect([409, 412]).toContain(reason.problem.status);
    expect((await gate.audit.list({ postId })).filter(({ action }) => action === "claimed")).toHaveLength(1);
  });

  it("decides once and publishes once, though two decide at once", async () => {
    const { gate, published } = await open({ undoMs: 0 });
    const { postId, contentHash } = await gate.submit(agentPost(BAD, true));
    const decide = (step: "approve" | "reject", name: string) =>
      gate.review.decide(step, postId, person(name), { contentHash, version: 1 });
    const both = await Promise.allSettled([decide("approve", "mira"), decide("reject", "milo"), decide("approve", "lea")]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await gate.outbox.drain();
    const { state } = await gate.review.get(postId);
    expect(published).toHaveLength(state === "approved" ? 1 : 0);
  });

  describe("pages of the queue", () => {
    it("neither repeat nor skip a post while others come and go", async () => {
      const { gate } = await open();
      const ids = [];
      for (let index = 0; index < 25; index++) ids.push((await gate.submit(humanPost(`${BAD} ${index}`))).postId);
      const first = await gate.review.list({ state: "flagged", limit: 10 });
      const [gone] = first.items.slice(-1);
      const kept = await gate.review.get(gone?.id ?? "");
      await gate.review.decide("approve", kept.id, person("mira"), kept);
      await gate.submit(humanPost(`${BAD} late`));
      const second = await gate.review.list({ state: "flagged", limit: 10, cursor: first.next ?? "" });
      const third = await gate.review.list({ state: "flagged", limit: 10, cursor: second.next ?? "" });
      const seen = [...first.items, ...second.items, ...third.items].map(({ id }) => id);
      expect(new Set(seen).size).toBe(seen.length);
      expect(ids.filter((id) => !seen.includes(id))).toEqual([]);
      expect(third.next).toBeNull();
      expect(third.counts.flagged).toBe(25);
    });
  });
}
