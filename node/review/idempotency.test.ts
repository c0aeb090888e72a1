import { join } from "node:path";
import { Hono } from "hono";
import { expect, it, onTestFinished } from "vitest";
import { ProblemError } from "../api/problems.js";
import type { Context } from "../context.js";
import { openSqlite } from "../store/sqlite.js";
import { mira, type TestDesk, testDesk } from "../testing/desk.js";
import { agentPost, BAD, folder } from "../testing/gate.js";
import type { Env } from "./guard.js";
import { IN_FLIGHT_MS, KEPT_MS, onceOnly } from "./idempotency.js";

type Sent = { key?: string; user?: string; body?: object; version?: number };

async function ready() {
  const desk = await testDesk();
  const { postId, contentHash } = await desk.gate.submit(agentPost(BAD, true));
  return { desk, path: `/api/v1/posts/${postId}/claim`, postId, contentHash };
}

async function send(desk: TestDesk, path: string, { key = "k1", user = "mira", body, version = 1 }: Sent) {
  const headers = { "x-user": user, "x-countersign-request": "1", "content-type": "application/json", "if-match": `"${version}"` };
  const request = new Request(`http://forum.test/countersign${path}`, {
    method: "POST",
    headers: { ...headers, "idempotency-key": key },
    body: JSON.stringify(body),
  });
  const response = await desk.gate.fetch(request);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

it("does the same request once and answers it the same", async () => {
  const { desk, path, postId, contentHash } = await ready();
  const first = await send(desk, path, { body: { contentHash } });
  const again = await send(desk, path, { body: { contentHash } });
  expect([first.status, again.status]).toEqual([200, 200]);
  expect(again.text).toBe(first.text);
  expect(again.headers.get("etag")).toBe(first.headers.get("etag"));
  expect([first.headers.get("idempotency-replayed"), again.headers.get("idempotency-replayed")]).toEqual([null, "true"]);
  expect(again.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(again.headers.get("cache-control")).toBe("no-store");
  expect((await desk.gate.review.get(postId)).version).toBe(2);
});

it("remembers a refusal too", async () => {
  const { desk, path } = await ready();
  const first = await send(desk, path, { body: { contentHash: "sha256-other" } });
  const again = await send(desk, path, { body: { contentHash: "sha256-other" } });
  expect([first.status, again.status, again.text]).toEqual([409, 409, first.text]);
  expect(again.headers.get("content-type")).toBe("application/problem+json");
});

it.each([
  ["another body", { body: { contentHash: "sha256-other" } }],
  ["another version", { version: 2 }],
])("refuses the key for a request with %s", async (_name, other) => {
  const { desk, path, contentHash } = await ready();
  await send(desk, path, { body: { contentHash } });
  const answer = await send(desk, path, { body: { contentHash }, ...other });
  expect([answer.status, JSON.parse(answer.text).type]).toEqual([422, "urn:countersign:problem:idempotency-mismatch"]);
});

it("keeps the keys of different moderators and addresses apart", async () => {
  const { desk, path, contentHash } = await ready();
  await send(desk, path, { body: { contentHash } });
  expect((await send(desk, path, { body: { contentHash }, user: "milo" })).status).toBe(412);
  expect((await send(desk, path.replace("claim", "release"), { body: { contentHash }, version: 2 })).status).toBe(200);
});

it("does one of many that come at once", async () => {
  const { desk, path, postId, contentHash } = await ready();
  const answers = await Promise.all(Array.from({ length: 12 }, () => send(desk, path, { body: { contentHash } })));
  for (const { status } of answers) expect([200, 409]).toContain(status);
  const done = answers.filter(({ status }) => status === 200);
  expect(new Set(done.map(({ text }) => text)).size).toBe(1);
  for (const { status, text } of answers)
    if (status === 409) expect(JSON.parse(text).type).toBe("urn:countersign:problem:request-in-flight");
  expect((await desk.trail(postId)).filter((line) => line === "mira claimed")).toHaveLength(1);
});

it("forgets an answer after a day", async () => {
  const { desk, path, contentHash } = await ready();
  await send(desk, path, { body: { contentHash } });
  desk.pass(KEPT_MS);
  expect((await send(desk, path, { body: { contentHash } })).status).toBe(412);
});

it("does anew what a process that died was asked", async () => {
  const { db } = await openSqlite(join(folder(), "gate.db"));
  onTestFinished(() => db.destroy());
  let clock = Date.parse("2026-05-05T09:00:00Z");
  let asked = 0;
  const app = new Hono<Env>();
  app.onError((error) => new Response(null, { status: error instanceof ProblemError ? error.problem.status : 500 }));
  app.use(async (c, next) => {
    c.set("moderator", mira);
    await next();
  });
  app.use(onceOnly({ db, now: () => new Date(clock) } as unknown as Context));
  const dead = new Promise<Response>(() => undefined);
  let reached = () => {};
  const first = new Promise<void>((resolve) => {
    reached = resolve;
  });
  app.post("/", async (c) => {
    asked += 1;
    reached();
    return asked === 1 ? dead : c.text("done");
  });
  const ask = () => app.request("/", { method: "POST", headers: { "idempotency-key": "k1" }, body: "{}" });
  void ask();
  await first;
  expect((await ask()).status).toBe(409);
  clock += IN_FLIGHT_MS;
  expect(await (await ask()).text()).toBe("done");
  expect(await (await ask()).text()).toBe("done");
  expect(asked).toBe(2);
});

it.each(["", "a key with spaces", "x".repeat(201), "schlüssel"])("refuses the key `%s`", async (key) => {
  const { desk, path, contentHash } = await ready();
  expect((await send(desk, path, { key, body: { contentHash } })).status).toBe(400);
});
