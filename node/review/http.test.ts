import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { PostDetail, PostPage } from "../api/schema.js";
import { agentPost, BAD, folder, humanPost, people, sharedGate, type TestGate, testGate } from "../testing/gate.js";

let shared: TestGate;
beforeAll(() => sharedGate((test) => (shared = test)));

const BASE = "http://forum.test/countersign";
/** Every field any of the routes answers with. */
type Json = PostDetail & PostPage;
type Call = { method?: string; user?: string; body?: unknown; headers?: Record<string, string> };

async function call({ gate }: TestGate, path: string, { method = "GET", user, body, headers = {} }: Call = {}) {
  const own = {
    ...(user ? { "x-user": user } : {}),
    ...(method === "GET" ? {} : { "x-countersign-request": "1", "content-type": "application/json" }),
  };
  const init = { method, headers: { ...own, ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await gate.fetch(new Request(`${BASE}${path}`, init));
  const json = response.headers.get("content-type")?.includes("json") ? await response.json() : undefined;
  return { response, status: response.status, json: json as Json, headers: response.headers };
}

let posts = 0;

async function heldPost(test: TestGate) {
  const { postId } = await test.gate.submit(agentPost(`${BAD} # ${posts++}`, true));
  const post = await test.gate.review.get(postId);
  return { post, decide: { body: { contentHash: post.contentHash }, headers: { "if-match": `"${post.version}"` } } };
}

describe("authorisation", () => {
  const READ = { nobody: 401, auditor: 200, moderator: 200 };
  const STEP = { nobody: 401, auditor: 403, moderator: 200 };
  /** The body of a decision is not the one these take. */
  const ASKED = { nobody: 401, auditor: 403, moderator: 400 };
  const routes: [method: string, path: string, expected: { nobody: number; auditor: number; moderator: number }][] = [
    ["GET", "/api/v1/session", READ],
    ["GET", "/api/v1/posts", READ],
    ["GET", "/api/v1/posts/:id", READ],
    ["GET", "/api/v1/posts/:id/audit", READ],
    ["GET", "/api/v1/audit", READ],
    ["GET", "/api/v1/audit/verify", READ],
    ["GET", "/api/v1/openapi.json", READ],
    ["GET", "/api/v1/events", READ],
    ["GET", "/api/v1/nothing", { nobody: 401, auditor: 404, moderator: 404 }],
    ["POST", "/api/v1/posts/:id/claim", STEP],
    ["POST", "/api/v1/posts/:id/approve", STEP],
    ["POST", "/api/v1/posts/:id/reject", STEP],
    ["POST", "/api/v1/posts/:id/return", STEP],
    ["GET", "/api/v1/facets", READ],
    ["GET", "/api/v1/views", READ],
    ["PUT", "/api/v1/views/mine", { nobody: 401, auditor: 403, moderator: 200 }],
    ["DELETE", "/api/v1/views/none", { nobody: 401, auditor: 403, moderator: 404 }],
    ["POST", "/api/v1/bulk", STEP],
    ["POST", "/api/v1/posts/:id/redact", { nobody: 401, auditor: 403, moderator: 400 }],
    ["POST", "/api/v1/posts/:id/escalate", { nobody: 401, auditor: 403, moderator: 400 }],
    ["POST", "/api/v1/posts/:id/undo", { nobody: 401, auditor: 403, moderator: 409 }],
    ["POST", "/api/v1/posts/:id/release", { nobody: 401, auditor: 403, moderator: 409 }],
    ["GET", "/api/v1/audit/verify", READ],
    ["GET", "/api/v1/allowances", READ],
    ["GET", "/api/v1/statistics", READ],
    ["GET", "/api/v1/posts/:id/report", READ],
    ["GET", "/api/v1/posts/:id/example", READ],
    ["POST", "/api/v1/allowances", ASKED],
    ["POST", "/api/v1/try", ASKED],
    ["POST", "/api/v1/policy/dry-run", ASKED],
    ["DELETE", "/api/v1/allowances/:id", { nobody: 401, auditor: 403, moderator: 404 }],
    ["GET", "/review", { nobody: 401, auditor: 302, moderator: 302 }],
    ["GET", "/healthz", { nobody: 200, auditor: 200, moderator: 200 }],
  ];
  const users = { nobody: undefined, auditor: "audra", moderator: "mira" } as const;
  const rows = routes.flatMap(([method, path, expected]) =>
    (Object.keys(users) as (keyof typeof users)[]).map((who) => ({ method, path, who, expected: expected[who] })),
  );

  it.each(rows)("answers $who's $method $path with $expected", async ({ method, path, who, expected }) => {
    const test = shared;
    const { post, decide } = await heldPost(test);
    const user = users[who];
    const bodies: Record<string, unknown> = {
      "/api/v1/bulk": { step: "claim", posts: [{ id: post.id, version: post.version, contentHash: post.contentHash }] },
      "/api/v1/views/mine": { query: "state=open" },
    };
    const sent = bodies[path] === undefined ? decide : { body: bodies[path] };
    const init = { method, ...(user ? { user } : {}), ...(method === "POST" || method === "PUT" ? sent : {}) };
    const request = call(test, path.replace(":id", post.id), init);
    const { response, status, headers } = await request;
    expect(status).toBe(expected);
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    if (status >= 400) expect(headers.get("content-type")).toBe("application/problem+json");
    if (!response.bodyUsed) await response.body?.cancel();
  });
});

describe("cross-site requests", () => {
  const foreign: [string, Record<string, string>][] = [
    ["without our header", { "x-countersign-request": "" }],
    ["that a browser calls cross-site", { "sec-fetch-site": "cross-site" }],
    ["that a browser calls same-site", { "sec-fetch-site": "same-site" }],
    ["from another origin", { origin: "http://evil.test" }],
    ["from an opaque origin", { origin: "null" }],
  ];
  it.each(foreign)("are refused %s", async (_name, headers) => {
    const test = shared;
    const { post, decide } = await heldPost(test);
    const answer = await call(test, `/api/v1/posts/${post.id}/approve`, {
      method: "POST",
      user: "mira",
      body: decide.body,
      headers: { ...decide.headers, ...headers },
    });
    expect(answer).toMatchObject({ status: 403, json: { type: "urn:countersign:problem:cross-site" } });
    expect((await test.gate.review.get(post.id)).state).toBe("held");
  });

  it("are told from our own", async () => {
    const test = shared;
    const { post, decide } = await heldPost(test);
    const headers = { ...decide.headers, origin: "http://forum.test", "sec-fetch-site": "same-origin" };
    expect(await call(test, `/api/v1/posts/${post.id}/claim`, { method: "POST", user: "mira", body: decide.body, headers })).toMatchObject({
      status: 200,
    });
  });
});

describe("the review API", () => {
  it("approves exactly what was looked at and hands it to the host once", async () => {
    const test = await testGate();
    const { post, decide } = await heldPost(test);
    const path = `/api/v1/posts/${post.id}`;
    expect((await call(test, path, { user: "mira" })).headers.get("etag")).toMatch(/^"1\.[\w-]{16}"$/);
    const answer = await call(test, `${path}/approve`, { method: "POST", user: "mira", ...decide });
    expect(answer).toMatchObject({ status: 200, json: { state: "approved", version: 2, decision: { by: "mira" } } });
    await test.gate.outbox.drain();
    expect(test.published).toEqual([expect.objectContaining({ id: post.id, action: "label", by: "mira", receipt: answer.json.receipt })]);
    expect(await test.gate.outbox.pending()).toBe(0);
  });

  it("shows the present post to a decision that comes too late", async () => {
    const test = await testGate();
    const { post, decide } = await heldPost(test);
    const approve = { method: "POST", user: "mira", ...decide };
    await call(test, `/api/v1/posts/${post.id}/reject`, { method: "POST", user: "milo", ...decide });
    expect(await call(test, `/api/v1/posts/${post.id}/approve`, approve)).toMatchObject({
      status: 412,
      json: { current: { state: "rejected", version: 2 } },
    });
    const now = { ...approve, headers: { "if-match": '"2"' } };
    expect(await call(test, `/api/v1/posts/${post.id}/approve`, now)).toMatchObject({
      status: 409,
      json: { type: "urn:countersign:problem:state-conflict" },
    });
  });

  it("refuses to approve content that changed", async () => {
    const test = await testGate();
    const { post, decide } = await heldPost(test);
    const edit = agentPost(`${BAD} # now worse`, true);
    edit.post.revises = post.contentHash;
    const { contentHash } = await test.gate.revise(edit);
    const answer = await call(test, `/api/v1/posts/${post.id}/approve`, { method: "POST", user: "mira", ...decide });
    expect(answer).toMatchObject({ status: 409, json: { type: "urn:countersign:problem:content-changed", current: { contentHash } } });
  });

  const bad: [string, Call & { path?: string }, number][] = [
    ["no If-Match", { headers: { "if-match": "" } }, 428],
    ["a weak If-Match", { headers: { "if-match": 'W/"1"' } }, 428],
    ["no content hash", { body: {} }, 400],
    ["a body that is no object", { body: "x" }, 400],
    ["a 5 MB body", { body: { contentHash: "x", comment: "x".repeat(5_000_000) } }, 413],
    ["an unknown step", { path: "/api/v1/posts/x/explode" }, 400],
    ["an unknown post", { path: "/api/v1/posts/x/claim" }, 404],
  ];
  it.each(bad)("answers %s with a problem that says what to do", async (_name, { path, ...init }, status) => {
    const test = shared;
    const { post, decide } = await heldPost(test);
    const answer = await call(test, path ?? `/api/v1/posts/${post.id}/claim`, {
      method: "POST",
      user: "mira",
      body: init.body ?? decide.body,
      headers: { ...decide.headers, ...init.headers },
    });
    expect(answer).toMatchObject({
      status,
      json: { type: expect.stringMatching(/^urn:countersign:problem:/), detail: expect.any(String) },
    });
  });

  it("answers a body that is not JSON with a problem", async () => {
    const test = shared;
    const headers = { "x-user": "mira", "x-countersign-request": "1", "content-type": "application/json" };
    const response = await test.gate.fetch(new Request(`${BASE}/api/v1/posts/x/claim`, { method: "POST", headers, body: "{" }));
    expect([response.status, response.headers.get("content-type")]).toEqual([400, "application/problem+json"]);
  });

  it("pages through the queue, most severe and oldest first", async () => {
    const test = await testGate();
    for (let index = 0; index < 5; index++) await test.gate.submit(agentPost(`AdministratorAccess ${index}`, true));
    const critical = await test.gate.submit(agentPost(BAD, true));
    const seen: string[] = [];
    let cursor: string | null = "";
    do {
      const { json } = await call(test, `/api/v1/posts?limit=2${cursor && `&cursor=${cursor}`}`, { user: "mira" });
      expect(json.counts.open).toBe(6);
      seen.push(...json.items.map((item: { id: string }) => item.id));
      cursor = json.next;
    } while (cursor);
    expect(seen[0]).toBe(critical.postId);
    expect(new Set(seen).size).toBe(6);
    expect((await call(test, "/api/v1/posts?cursor=nonsense", { user: "mira" })).status).toBe(400);
    expect((await call(test, "/api/v1/posts?state=open&limit=9999", { user: "mira" })).status).toBe(400);
  });

  it("shows blocked and flagged posts and the author's history", async () => {
    const test = await testGate();
    await test.gate.submit(agentPost("unasked"));
    await test.gate.submit(humanPost(BAD));
    const { post } = await heldPost(test);
    await test.gate.submit(agentPost("harmless", true));
    expect((await call(test, "/api/v1/posts?state=blocked", { user: "mira" })).json.items).toHaveLength(1);
    expect((await call(test, "/api/v1/posts?state=flagged", { user: "mira" })).json.items).toHaveLength(1);
    expect((await call(test, "/api/v1/posts?state=all", { user: "mira" })).json.items).toHaveLength(3);
    expect((await test.gate.review.get(post.id)).history).toEqual({ posted: 1, held: 1, rejected: 0 });
  });

  it("names who is looking", async () => {
    const { json } = await call(shared, "/api/v1/session", { user: "lea" });
    expect(json).toEqual({
      moderator: people.lea,
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      undoMs: 0,
      claimMs: 900_000,
      reasons: [],
      signOut: null,
    });
  });
});

describe("health and assets", () => {
  it("answers 503 when the canary fails", async () => {
    const { status, json } = await call(await testGate({ policy: "blind" }), "/healthz");
    expect([status, json]).toEqual([503, { ok: false, code: "canary-failed" }]);
  });

  it("tells strangers that a policy was refused, and moderators why", async () => {
    const policyFile = join(folder(), "policy.toml");
    writeFileSync(policyFile, "# all defaults");
    const test = await testGate({ policyFile });
    writeFileSync(policyFile, "strictnes = 2 # a secret plan");
    const { status, json } = await call(test, "/healthz");
    expect([status, json]).toEqual([200, { ok: true, code: "policy-refused" }]);
    const told = await call(test, "/api/v1/health", { user: "audra" });
    expect(told.json).toMatchObject({ ok: true, refused: { error: expect.stringContaining("strictnes") } });
  });

  it.each([
    "/client/../../package.json",
    "/client/..%2f..%2fpackage.json",
    "/client/%2e%2e/%2e%2e/package.json",
    "/review/..%5c..%5cpackage.json",
  ])("serves nothing outside its folders: %s", async (path) => {
    const { status } = await call(shared, path, { user: "mira" });
    expect(status).toBe(404);
  });
});
