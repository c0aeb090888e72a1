import { expect, it, onTestFinished } from "vitest";
import { milo, mira } from "../testing/desk.js";
import { agentPost, BAD, openGate } from "../testing/gate.js";
import { freshPlace, ownKey, sharedCluster } from "../testing/stores.js";

const cluster = sharedCluster();

/** Two processes of one forum: two gates on one database. */
async function forum() {
  const store = await freshPlace("postgres", cluster);
  const key = await ownKey();
  const both = [await openGate(store, key), await openGate(store, key)] as const;
  onTestFinished(async () => {
    for (const { gate } of both) await gate.close();
  });
  return both;
}

it("lets one of two moderators decide at once, whichever process they reach, and publishes once", async () => {
  const [one, other] = await forum();
  for (let round = 0; round < 10; round++) {
    const { postId, contentHash } = await one.gate.submit(agentPost(`${BAD} # ${round}`, true));
    const seen = { contentHash, version: 1 };
    const results = await Promise.allSettled([
      one.gate.review.decide("approve", postId, mira, seen),
      other.gate.review.decide("reject", postId, milo, seen),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const { state, version } = await other.gate.review.get(postId);
    expect([state, version]).toEqual([results[0].status === "fulfilled" ? "approved" : "rejected", 2]);
    await Promise.all([one.gate.outbox.drain(), other.gate.outbox.drain()]);
    const published = [...one.published, ...other.published].filter(({ id }) => id === postId);
    expect(published).toHaveLength(state === "approved" ? 1 : 0);
  }
  expect(await one.gate.audit.verify()).toMatchObject({ ok: true });
});

it("answers a request that reaches both processes once", async () => {
  const [one, other] = await forum();
  const { postId, contentHash } = await one.gate.submit(agentPost(BAD, true));
  const headers = { "x-user": "mira", "x-countersign-request": "1", "content-type": "application/json", "if-match": '"1"' };
  const address = `http://forum.test/countersign/api/v1/posts/${postId}/claim`;
  const send = ({ gate }: typeof one) =>
    gate.fetch(
      new Request(address, { method: "POST", headers: { ...headers, "idempotency-key": "k1" }, body: JSON.stringify({ contentHash }) }),
    );
  const statuses = (await Promise.all([send(one), send(other)])).map(({ status }) => status).sort();
  expect([
    [200, 200],
    [200, 409],
  ]).toContainEqual(statuses);
  expect((await send(other)).status).toBe(200);
  expect((await one.gate.audit.list({ postId })).filter(({ action }) => action === "claimed")).toHaveLength(1);
});
