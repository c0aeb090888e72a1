import { join } from "node:path";
import { expect, it } from "vitest";
import { append } from "../audit/chain.js";
import { openStore } from "../store/open.js";
import type { Store } from "../store/store.js";
import { agentPost, BAD, folder, people, testGate } from "../testing/gate.js";
import { TAIL } from "./events.js";

const ADDRESS = "http://forum.test/countersign/api/v1/events";

type Event = { id: string; event: string; data: { id: string; state: string; version: number } };

function parse(block: string): Event {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1] ?? "";
  return { id: field("id"), event: field("event"), data: JSON.parse(field("data")) };
}

/** Reads `count` events, then hangs up. */
async function read(response: Response, count: number): Promise<Event[]> {
  const reader = (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const blocks = () => text.split("\n\n").filter((block) => block.includes("data:"));
  while (blocks().length < count) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
  }
  await reader.cancel();
  return blocks().map(parse);
}

const open = (last?: string) => new Request(ADDRESS, { headers: { "x-user": "mira", ...(last ? { "last-event-id": last } : {}) } });

it("tells of posts as they change, and resumes after a drop without a gap", async () => {
  const { gate } = await testGate();
  const live = await gate.fetch(open());
  expect(live.headers.get("content-type")).toContain("text/event-stream");
  const { postId, contentHash } = await gate.submit(agentPost(BAD, true));
  const [held] = await read(live, 1);
  expect(held).toMatchObject({ event: "post", data: { id: postId, state: "held", version: 1 } });
  const [mira] = [people.mira].filter((person) => person !== undefined);
  if (!mira || !held) throw new Error("the test has no moderator or event");
  await gate.review.decide("claim", postId, mira, { contentHash, version: 1 });
  await gate.review.decide("reject", postId, mira, { contentHash, version: 2, comment: "no" });
  const missed = await read(await gate.fetch(open(held.id)), 2);
  expect(missed.map((event) => event.data)).toEqual([
    { id: postId, state: "claimed", version: 2 },
    { id: postId, state: "rejected", version: 3 },
  ]);
  expect(missed.every((event) => Number(event.id) > Number(held.id))).toBe(true);
});

it("starts from now when the id is not one of ours", async () => {
  const { gate } = await testGate();
  await gate.submit(agentPost(BAD, true));
  for (const id of ["999999", "nonsense", "-1"]) {
    const stream = await gate.fetch(open(id));
    await gate.submit(agentPost(`${BAD} ${id}`, true));
    expect(await read(stream, 1)).toHaveLength(1);
  }
});

it("ends its streams when the gate closes", async () => {
  const { gate } = await testGate();
  const stream = await gate.fetch(open());
  await gate.close();
  expect(await read(stream, 1)).toEqual([]);
});

/** Makes the log longer without anything happening. */
async function fill(store: Store, entries: number) {
  const event = { at: "2026-05-05T09:00:00Z", actor: "countersign", action: "test", postId: null };
  for (let done = 0; done < entries; done += 100) await append(store.db, Array(100).fill(event));
}

it("tells a page that was away too long to read anew, and then what changes", async () => {
  const store = await openStore(join(folder(), "gate.db"));
  const { gate } = await testGate({ store });
  await fill(store, TAIL);
  const { postId } = await gate.submit(agentPost(BAD, true));
  const stream = await gate.fetch(open("1"));
  await gate.submit(agentPost(`${BAD} again`, true));
  const [reset, post] = await read(stream, 2);
  expect(reset).toMatchObject({ event: "reset", data: {} });
  expect(post).toMatchObject({ event: "post", data: { state: "held" } });
  expect(post?.data.id).not.toBe(postId);
  expect(Number(post?.id)).toBeGreaterThan(Number(reset?.id));
});

it("asks proxies to pass events on as they come", async () => {
  const { gate } = await testGate();
  const stream = await gate.fetch(open());
  expect(stream.headers.get("x-accel-buffering")).toBe("no");
  expect(stream.headers.get("cache-control")).toBe("no-store, no-transform");
  const reader = (stream.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader.read()).value).toContain("retry: ");
  await reader.cancel();
});
