import type { Submission } from "countersign";
import { expect, it } from "vitest";
import { testGate } from "../../../node/testing/gate.js";
import { discourseBridge } from "../index.js";
import { fakeDiscourse, KEY, SECRET } from "./fake.js";

async function bridged(options: { asked?: boolean } = {}) {
  const fake = fakeDiscourse(options);
  const late: { bridge?: ReturnType<typeof discourseBridge> } = {};
  const { gate } = await testGate({ publish: (post) => late.bridge?.publish(post), undoMs: 0 });
  const bridge = discourseBridge(
    { url: "https://forum.example/", apiKey: KEY, apiUser: "countersign", secret: SECRET, agents: ["Helper"], fetch: fake.fetch },
    () => gate,
  );
  late.bridge = bridge;
  const send = async (id: number) => (await bridge.webhook(fake.delivery(id))).json();
  return { ...fake, bridge, gate, send };
}

const PENDING = 0;
const APPROVED = 1;
const GOOD = "Restart the job.";
const BAD = "Run chmod -R 777 /srv";

it("approves an asked-for harmless post", async () => {
  const { add, send, queue } = await bridged();
  const id = add(GOOD);
  expect(await send(id)).toMatchObject({ action: "approve_post" });
  expect(queue.get(id)?.status).toBe(APPROVED);
});

it.each([
  ["an instruction", BAD, true],
  ["a post nobody asked for", GOOD, false],
])("leaves %s in Discourse's queue, and keeps it for Countersign's moderators", async (_name, raw, asked) => {
  const { add, send, queue, gate } = await bridged({ asked });
  const id = add(raw);
  expect(await send(id)).toMatchObject({ action: "left" });
  expect(queue.get(id)?.status).toBe(PENDING);
  expect((await gate.review.list({ state: "all" })).items).toHaveLength(1);
});

it("leaves people's posts to Discourse's own moderators", async () => {
  const { add, send, queue } = await bridged();
  const id = add(GOOD, "lior");
  expect(await send(id)).toMatchObject({ action: "left" });
  expect(queue.get(id)?.status).toBe(PENDING);
});

it("refuses a delivery without the right signature, and asks nothing", async () => {
  const { add, bridge, delivery, requests } = await bridged();
  expect((await bridge.webhook(delivery(add(GOOD), "another secret"))).status).toBe(401);
  const bare = delivery(1);
  bare.headers.delete("x-discourse-event-signature");
  expect((await bridge.webhook(bare)).status).toBe(401);
  expect(requests).toEqual([]);
});

it("checks the raw body: a byte more, and it is another", async () => {
  const { bridge, delivery } = await bridged();
  const signed = delivery(1);
  const longer = new Request(signed.url, { method: "POST", body: `${await signed.clone().text()} `, headers: signed.headers });
  expect((await bridge.webhook(longer)).status).toBe(401);
});

it("decides again on a newer version, when the text is the same", async () => {
  const { add, send, queue, before } = await bridged();
  const id = add(GOOD);
  let once = true;
  before.perform = (queued) => {
    if (once) queued.version += 1;
    once = false;
  };
  expect(await send(id)).toMatchObject({ action: "approve_post" });
  expect(queue.get(id)?.status).toBe(APPROVED);
});

it("does not approve a text that was swapped in between", async () => {
  const { add, send, queue, before } = await bridged();
  const id = add(GOOD);
  before.perform = (queued) => Object.assign(queued, { version: queued.version + 1, raw: BAD });
  expect(await send(id)).toMatchObject({ action: "left" });
  expect(queue.get(id)?.status).toBe(PENDING);
});

it("decides what waits when a delivery was lost, and once only", async () => {
  const { add, bridge, queue, send } = await bridged();
  const [good, bad] = [add(GOOD), add(BAD)];
  expect((await bridge.sweep()).map(({ action }) => action)).toEqual(["approve_post", "left"]);
  expect(await send(good)).toMatchObject({ action: "left" });
  expect(queue.get(bad)?.status).toBe(PENDING);
});

it("approves there what a moderator approves here", async () => {
  const { add, send, queue, gate } = await bridged();
  const id = add(BAD);
  await send(id);
  const [summary] = (await gate.review.list({ state: "held" })).items;
  const { id: record, version, contentHash, submission } = await gate.review.get(summary?.id ?? "");
  expect((submission as Submission).id).toBe(`reviewable:${id}`);
  await gate.review.decide("approve", record, { id: "mira", name: "Mira", role: "moderator" }, { version, contentHash });
  await gate.outbox.drain();
  expect(queue.get(id)?.status).toBe(APPROVED);
});

it("asks Discourse to send again what could not be decided", async () => {
  const { bridge, delivery, add } = await bridged();
  const failing = discourseBridge(
    { url: "https://forum.example", apiKey: "wrong", apiUser: "x", secret: SECRET, agents: [], fetch: fakeDiscourse().fetch },
    () => {
      throw new Error("not reached");
    },
  );
  expect((await failing.webhook(delivery(add(GOOD)))).status).toBe(503);
  expect((await bridge.webhook(delivery(99))).status).toBe(200);
});
