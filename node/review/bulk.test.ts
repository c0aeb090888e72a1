import { describe, expect, it } from "vitest";
import type { BulkRequest } from "../api/schema.js";
import { lea, milo, mira, testDesk } from "../testing/desk.js";
import { agentPost, BAD } from "../testing/gate.js";

async function queue(count: number) {
  const desk = await testDesk({ undoMs: 0 });
  const posts: BulkRequest["posts"] = [];
  for (let index = 0; index < count; index++) {
    const { postId, contentHash } = await desk.gate.submit(agentPost(`${BAD} # ${index}`, true));
    posts.push({ id: postId, version: 1, contentHash });
  }
  return { desk, posts };
}

describe("a step on many posts", () => {
  it("takes those it can and says why not the others, in order", async () => {
    const { desk, posts } = await queue(4);
    const [first, claimed, changed, last] = posts;
    if (!first || !claimed || !changed || !last) throw new Error("the queue is too short");
    await desk.act("claim", claimed.id, milo);
    const asked = [first, { ...claimed, version: 2 }, { ...changed, contentHash: "sha256-other" }, { ...last, id: "none" }, last];
    const { results } = await desk.gate.review.bulk({ step: "reject", posts: asked, comment: "spam" }, mira);
    expect(results).toMatchObject([
      { id: first.id, ok: true, state: "rejected", version: 2 },
      { id: claimed.id, ok: false, problem: { type: "urn:countersign:problem:state-conflict" } },
      { id: changed.id, ok: false, problem: { type: "urn:countersign:problem:content-changed" } },
      { id: "none", ok: false, problem: { type: "urn:countersign:problem:not-found" } },
      { id: last.id, ok: true, state: "rejected", version: 2 },
    ]);
    expect(JSON.stringify(results)).not.toContain("chmod");
    expect((await desk.gate.review.get(last.id)).decision).toMatchObject({ by: "mira", comment: "spam" });
    expect(await desk.gate.audit.verify()).toMatchObject({ ok: true });
  });

  it("is done at most once for a post named twice", async () => {
    const { desk, posts } = await queue(1);
    const { results } = await desk.gate.review.bulk({ step: "approve", posts: [...posts, ...posts] }, mira);
    expect(results.map(({ ok }) => ok)).toEqual([true, false]);
    await desk.gate.outbox.drain();
    expect(desk.published).toHaveLength(1);
  });

  it("does nothing when it is a preview, and says what it would do", async () => {
    const { desk, posts } = await queue(2);
    const before = await desk.gate.audit.list();
    const request: BulkRequest = { step: "escalate", posts, comment: "unsure" };
    const foreseen = await desk.gate.review.bulk({ ...request, preview: true }, mira);
    expect(await desk.gate.audit.list()).toEqual(before);
    expect((await desk.gate.review.get(posts[0]?.id ?? "")).version).toBe(1);
    expect(await desk.gate.review.bulk(request, mira)).toEqual(foreseen);
    const versions = posts.map((post) => ({ ...post, version: 2 }));
    const { results } = await desk.gate.review.bulk({ step: "approve", posts: versions, preview: true }, mira);
    expect(results).toMatchObject([{ problem: { status: 403 } }, { problem: { status: 403 } }]);
    expect((await desk.gate.review.bulk({ step: "approve", posts: versions, preview: true }, lea)).results).toMatchObject([
      { state: "approved" },
      { state: "approved" },
    ]);
  });
});
