import { describe, expect, it } from "vitest";
import { agentPost, BAD, humanPost, testGate } from "../testing/gate.js";

describe("who saw a post", () => {
  it("is counted once, by its content or its id, from the first time on", async () => {
    const { gate } = await testGate();
    const { postId, contentHash } = await gate.submit(humanPost(BAD));
    expect(await gate.exposure.record({ contentHash, reader: "ann" })).toBe(1);
    expect(await gate.exposure.record({ postId, reader: "ann", acknowledged: true })).toBe(1);
    expect(await gate.exposure.record({ postId, reader: "ann" })).toBe(1);
    expect(await gate.exposure.record({ postId, reader: "bob", at: "2026-01-01T00:00:00+02:00" })).toBe(1);
    expect((await gate.review.get(postId)).exposure).toEqual({ seen: 2, acknowledged: 1 });
  });

  it("of a post that is not recorded is passed over", async () => {
    const { gate } = await testGate();
    expect(await gate.exposure.record({ contentHash: "sha256-unknown", reader: "ann" })).toBe(0);
    await expect(gate.exposure.record({ postId: "x", reader: "ann", at: "soon" })).rejects.toThrow("`at`");
  });
});

describe("a page that tells who saw a post", () => {
  const tell = (headers: Record<string, string>, body: unknown) =>
    new Request("http://forum.test/countersign/api/v1/exposure", { method: "POST", headers, body: JSON.stringify(body) });
  const own = { "x-countersign-request": "1", "x-reader": "ann" };
  const reader = (request: Request) => request.headers.get("x-reader");

  it("tells it of who reads, and of nobody else", async () => {
    const { gate } = await testGate({ reader });
    const { postId, contentHash } = await gate.submit(humanPost(BAD));
    expect((await gate.fetch(tell(own, { contentHash, acknowledged: true, reader: "bob" }))).status).toBe(204);
    expect((await gate.fetch(tell(own, { contentHash: "sha256-unknown" }))).status).toBe(204);
    expect((await gate.review.get(postId)).exposure).toEqual({ seen: 1, acknowledged: 1 });
  });

  it.each<[string, Record<string, string>, unknown, number]>([
    ["nobody signed in", { "x-countersign-request": "1" }, { contentHash: "x" }, 401],
    ["another site", { ...own, "sec-fetch-site": "cross-site" }, { contentHash: "x" }, 403],
    ["no such shape", own, { postId: "x" }, 400],
    ["too much", own, { contentHash: "x".repeat(5_000) }, 413],
  ])("is refused with %s", async (_name, headers, body, status) => {
    const { gate } = await testGate({ reader });
    expect((await gate.fetch(tell(headers, body))).status).toBe(status);
  });

  it("is not there unless the host knows its readers", async () => {
    const { gate } = await testGate();
    await gate.submit(agentPost(BAD, true));
    expect((await gate.fetch(tell(own, { contentHash: "x" }))).status).toBe(401);
  });
});
