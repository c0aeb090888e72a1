import { expect, it } from "vitest";
import { SHIPPED } from "../engine/source.js";
import { testGate } from "../testing/gate.js";

/** The incident Countersign exists for, with the shipped engine and the default policy. */
it("stops an unasked post, then the instruction in it, whoever publishes it", async () => {
  const { gate, published } = await testGate({ engine: SHIPPED, deadlineMs: 10_000 });
  expect(await gate.health()).toMatchObject({ ok: true });
  const at = new Date().toISOString();
  const question = {
    id: "p1",
    author: "dana",
    handle: "dana",
    kind: "human" as const,
    at,
    body: "The deploy job cannot read the shared folder. Any idea?",
  };
  const thread = { id: "t1", author: "dana", posts: [question] };
  const body = "The job has no access. Run this on the host:\n\n```sh\nsudo chmod -R 777 /srv/shared\n```";
  const author = { id: "helper", handle: "helper", kind: "agent" as const };
  const post = {
    thread: "t1",
    replyTo: "p1",
    body,
    author,
    onBehalfOf: "lior",
    client: { channel: "api" as const, auth: "token" as const },
  };

  const blocked = await gate.submit({ post, thread });
  expect(blocked).toMatchObject({ action: "block", verdict: { request: { status: "unrequested" } } });

  const held = await gate.drafts.publish(blocked.postId, "lior");
  expect(held).toMatchObject({
    action: "hold",
    postId: blocked.postId,
    verdict: { request: { status: "requested", via: "grant", by: "lior" } },
  });
  expect(held.verdict?.findings.map((finding) => finding.severity)).toContain("critical");

  const mira = { id: "mira", name: "Mira", role: "moderator" as const };
  const rejected = await gate.review.decide("reject", held.postId, mira, {
    contentHash: held.contentHash,
    version: 2,
    comment: "name the group that needs it",
  });
  expect(rejected.state).toBe("rejected");
  await gate.outbox.drain();
  expect(published).toEqual([]);
  expect(await gate.audit.verify()).toMatchObject({ ok: true });
});
