/**
 * The service on its own, over real sockets: a forum that submits, a moderator who signs in by the link, and the forum's webhook.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { agentPost, BAD, engine, folder } from "../testing/gate.js";
import { Browser } from "../testing/provider.js";
import { startService } from "./server.js";
import { gateOptions, rolesFrom, type Settings } from "./settings.js";
import { signature } from "./webhook.js";

const SECRET = "a-secret-of-the-tests";
const TOKEN = "a-token-for-the-tests";

type Delivery = { id: string; body: { type: string; data: Record<string, unknown> }; holds: boolean };

/** A forum that takes webhooks, and refuses the first `failures` of them. */
async function forum(failures = 0) {
  const deliveries: Delivery[] = [];
  let left = failures;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const [id, at, signed] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => String(request.headers[name]));
    deliveries.push({ id: id ?? "", body: JSON.parse(body), holds: signed === signature(SECRET, id ?? "", at ?? "", body) });
    response.writeHead(left-- > 0 ? 503 : 204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, deliveries };
}

const settings = (more: Partial<Settings> = {}): Settings => ({
  store: join(folder(), "gate.db"),
  host: "127.0.0.1",
  port: 0,
  signIn: "link",
  submitToken: TOKEN,
  ...more,
});

async function service(more: Partial<Settings> = {}) {
  const running = await startService(settings(more), { engine, workers: 1, undoMs: 0, log: { log: () => undefined } });
  onTestFinished(() => running.close());
  return running;
}

const submit = (address: string, body: unknown, token = TOKEN) =>
  fetch(`${address}/countersign/api/v1/submissions`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });

const OWN = { "content-type": "application/json", "x-countersign-request": "1" };

describe("countersign serve", () => {
  it("judges what a forum submits, lets a moderator in by the link, and has the forum publish what was approved", async () => {
    const { url, deliveries } = await forum();
    const { address, gate } = await service({ publishUrl: url, publishSecret: SECRET });
    const answer = await submit(address, { submission: agentPost(BAD, true) });
    const outcome = (await answer.json()) as { action: string; postId: string; contentHash: string };
    expect([answer.status, outcome.action]).toEqual([200, "hold"]);

    const browser = new Browser();
    expect((await browser.go(`${address}/`)).headers.get("location")).toBe("/countersign/review/");
    const [path, token] = (await gate.signInLink({ id: "mira", name: "Mira", role: "lead" })).split("#");
    const entered = await browser.go(`${address}${path}`, { method: "POST", headers: OWN, body: JSON.stringify({ token }) });
    expect(await entered.json()).toEqual({ next: "/countersign/review/" });
    const post = `${address}/countersign/api/v1/posts/${outcome.postId}`;
    const shown = await browser.go(post);
    const approve = {
      method: "POST",
      headers: { ...OWN, "if-match": shown.headers.get("etag") ?? "" },
      body: JSON.stringify({ contentHash: outcome.contentHash }),
    };
    expect((await browser.go(`${post}/approve`, approve)).status).toBe(200);
    await gate.outbox.drain();

    expect(deliveries.every(({ holds }) => holds)).toBe(true);
    const published = deliveries.filter(({ body }) => body.type === "publish");
    expect(published).toMatchObject([
      { id: `publish:${outcome.postId}`, body: { data: { id: outcome.postId, by: "mira", action: "label" } } },
    ]);
    expect(deliveries.map(({ body }) => body.type)).toContain("notice");
  });

  it("tells a forum again that could not take it, under the same id", async () => {
    const { url, deliveries } = await forum(99);
    let now = Date.now();
    const running = await startService(settings({ publishUrl: url, publishSecret: SECRET }), {
      engine,
      workers: 1,
      undoMs: 0,
      now: () => new Date(now),
      log: { log: () => undefined },
    });
    onTestFinished(() => running.close());
    const { postId, contentHash } = await running.gate.submit(agentPost(BAD, true));
    await running.gate.review.decide("approve", postId, { id: "mira", name: "Mira", role: "lead" }, { contentHash, version: 1 });
    await running.gate.outbox.drain();
    now += 600_000;
    await running.gate.outbox.drain();
    const published = deliveries.filter(({ body }) => body.type === "publish");
    expect(published.length).toBeGreaterThanOrEqual(2);
    expect(new Set(published.map(({ id }) => id)).size).toBe(1);
    expect(await running.gate.outbox.pending()).toBeGreaterThan(0);
  });

  it("takes submissions from nobody without the token, and answers what it cannot read with a problem", async () => {
    const { address } = await service();
    const status = async (body: unknown, token?: string) => (await submit(address, body, token)).status;
    expect(await status({ submission: agentPost("x") }, "another-token-of-somebody")).toBe(401);
    expect(await status({ post: {} })).toBe(400);
    expect(await status({ submission: { post: { author: { id: "dana", kind: "human" } } } })).toBe(400);
    expect(await status({ submission: { post: { body: "x".repeat(9_000_000), author: { id: "dana" } } } })).toBe(413);
    expect(await (await submit(address, { submission: agentPost("x"), grant: "made-up" })).json()).toMatchObject({
      action: "block",
      problem: { status: 403 },
    });
    const untold = await service({ submitToken: undefined } as never);
    expect((await submit(untold.address, { submission: agentPost("x") })).status).toBe(401);
  });

  it("starts as a user starts it, says how to sign in, and stops when it is asked to", async () => {
    const bin = fileURLToPath(new URL("../../bin/countersign.mjs", import.meta.url));
    const child = spawn(process.execPath, [bin, "serve", "--port", "0", "--store", join(folder(), "gate.db")], {
      env: { ...process.env, COUNTERSIGN_SUBMIT_TOKEN: TOKEN },
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    const ended = once(child, "exit");
    let said = "";
    for await (const chunk of child.stdout.setEncoding("utf8")) {
      said += chunk;
      if (said.includes("Stop")) break;
    }
    const link = /http:\/\/127\.0\.0\.1:\d+\/countersign\/signin\/link#[\w-]{43}/.exec(said)?.[0] ?? "";
    const [path = "", token] = link.split("#");
    expect((await fetch(path)).status).toBe(200);
    expect((await fetch(path, { method: "POST", headers: OWN, body: JSON.stringify({ token }) })).status).toBe(200);
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  });
});

describe("its settings", () => {
  const refused: [string, Partial<Settings>, string][] = [
    ["OpenID Connect without an issuer", { signIn: "oidc" }, "COUNTERSIGN_OIDC_ISSUER"],
    ["OpenID Connect without roles", { signIn: "oidc", oidcIssuer: "https://id.example", oidcClientId: "x" }, "COUNTERSIGN_OIDC_ROLES"],
    [
      "OpenID Connect without an address",
      { signIn: "oidc", oidcIssuer: "https://id.example", oidcClientId: "x", oidcRoles: "g:a=lead" },
      "--base-url",
    ],
    ["a webhook without a secret", { publishUrl: "https://forum.example/hook" }, "COUNTERSIGN_PUBLISH_SECRET"],
    ["a webhook that is no address", { publishUrl: "file:///etc" }, "no address to publish to"],
    ["a key that is not there", { signingKey: "/nowhere.jwk" }, "cannot read the signing key"],
  ];
  it.each(refused)("refuse %s in words", (_name, more, words) => {
    expect(() => gateOptions(settings(more))).toThrow(words);
  });

  it("read roles from one line", () => {
    expect(rolesFrom("groups: forum leads=lead, a=b=auditor")).toEqual({
      claim: "groups",
      values: { "forum leads": "lead", "a=b": "auditor" },
    });
    for (const text of ["", "groups", "groups:", "groups:x", "groups:x=admin", ":x=lead", "groups:=lead"])
      expect(() => rolesFrom(text)).toThrow("cannot be read");
  });

  it("say what to do about a port that is taken", async () => {
    const { address } = await service();
    await expect(service({ port: Number(new URL(address).port) })).rejects.toThrow("choose another with `--port`");
  });
});
