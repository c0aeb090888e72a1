/**
 * The example apps, over HTTP, tried with the test kit.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import type { Gate } from "countersign/gate";
import { type Host, tryHost } from "countersign/testkit";
import { expect, it, onTestFinished } from "vitest";
import { createApp as express } from "./express/app.mjs";
import { createApp as fastify } from "./fastify/app.mjs";
import { createApp as hono } from "./hono/app.mjs";

type Started = { url: string; gate: Gate };

/** Each app behind a port of its own. */
const APPS: Record<string, (store: string) => Promise<{ gate: Gate; listener: RequestListener }>> = {
  express: async (store) => {
    const { app, gate } = await express({ store, undoMs: 0 });
    return { gate, listener: app };
  },
  fastify: async (store) => {
    const { app, gate } = await fastify({ store, undoMs: 0 });
    await app.ready();
    onTestFinished(() => app.close());
    return { gate, listener: (request, response) => app.routing(request, response) };
  },
  hono: async (store) => {
    const { app, gate } = await hono({ store, undoMs: 0 });
    return { gate, listener: getRequestListener(app.fetch, { overrideGlobalObjects: false }) };
  },
};

async function start(name: string): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-example-"));
  const app = APPS[name];
  if (app === undefined) throw new Error(`there is no example \`${name}\``);
  const { gate, listener } = await app(join(folder, "gate.db"));
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.close();
    await gate.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, gate };
}

/** An answer, read as what the test expects it to be. */
const json = async (answer: Promise<Response> | Response) => (await (await answer).json()) as Record<string, string>;

function clientOf(url: string) {
  return (token: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
}

const TOKENS = { human: "dana-token", agent: "helper-token" };

function hostOf(url: string): Host {
  const call = clientOf(url);
  return {
    async submit({ author, body, question }) {
      const { id: thread = "" } = await json(call(TOKENS.human, "POST", "/threads", { title: "A question" }));
      await call(TOKENS.human, "POST", `/threads/${thread}/posts`, { body: question });
      const answer = await call(TOKENS[author], "POST", `/threads/${thread}/posts`, { body });
      return { thread, id: answer.ok ? ((await json(answer)).id ?? null) : null };
    },
    edit: async ({ id }, { author, body }) => void (await call(TOKENS[author], "PUT", `/posts/${id}`, { body })),
    read: async (thread) => (await call(TOKENS.human, "GET", `/threads/${thread}`)).text(),
  };
}

it.each(Object.keys(APPS))("%s lets through and keeps back what the test kit expects", async (name) => {
  const { url } = await start(name);
  const { ok, table } = await tryHost(hostOf(url));
  expect(ok, table).toBe(true);
});

it.each(Object.keys(APPS))("%s refuses in words, and publishes what a moderator approves over HTTP", async (name) => {
  const { url, gate } = await start(name);
  const call = clientOf(url);
  const { id: thread } = await json(call("dana-token", "POST", "/threads", { title: "A question" }));
  await call("dana-token", "POST", `/threads/${thread}/posts`, { body: "@helper how do I fix this?" });
  const refused = await call("helper-token", "POST", `/threads/${thread}/posts`, { body: "sudo chmod -R 777 /srv/quokka" });
  expect(refused.status).toBe(403);
  expect(refused.headers.get("content-type")).toContain("application/problem+json");
  const { postId } = await json(refused);
  expect((await call("dana-token", "GET", `/countersign/api/v1/posts/${postId}`)).status).toBe(401);
  const seen = await call("mira-token", "GET", `/countersign/api/v1/posts/${postId}`);
  const { contentHash } = await json(seen);
  const headers = { "if-match": seen.headers.get("etag") ?? "", "x-countersign-request": "1" };
  const approved = await call("mira-token", "POST", `/countersign/api/v1/posts/${postId}/approve`, { contentHash }, headers);
  expect(approved.status).toBe(200);
  expect(await json(approved)).toMatchObject({ state: "approved" });
  await gate.outbox.drain();
  expect(await (await call("dana-token", "GET", `/threads/${thread}`)).text()).toContain("quokka");
});
