/**
 * Who may do what, asked of every route the OpenAPI document has: a route nobody thought of here is refused to strangers and
 * auditors all the same, or this fails.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { people, sharedGate, type TestGate } from "../testing/gate.js";

let test: TestGate;
beforeAll(() => sharedGate((gate) => (test = gate), { signIn: { link: true }, authorities: ["forum.test"] }));

/** Open to everybody, on purpose. */
const OPEN = new Set([
  "GET /healthz",
  "GET /.well-known/jwks.json",
  "GET /signin",
  "GET /signin/link",
  "POST /signin/link",
  "GET /signout",
  "POST /signout",
  "GET /signedout",
  "GET /signin/callback",
]);

type Server = { url: string };
type Described = { servers: Server[]; paths: Record<string, Record<string, { servers?: Server[] }>> };
type Route = { method: string; path: string };

const send = ({ method, path }: Route, headers: Record<string, string> = {}) => {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name) => (name === "step" ? "claim" : "x"));
  const body = method === "GET" || method === "HEAD" ? {} : { body: "{}" };
  const own = { "content-type": "application/json", "x-countersign-request": "1" };
  return test.gate.fetch(new Request(`http://forum.test${filled}`, { method, headers: { ...own, ...headers }, ...body }));
};

async function routes(): Promise<Route[]> {
  const response = await send({ method: "GET", path: "/countersign/api/v1/openapi.json" }, { "x-user": "mira" });
  const { paths, servers } = (await response.json()) as Described;
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path: `${(operation.servers ?? servers)[0]?.url}${path}`,
    })),
  );
  // What no document describes: the document itself, the stream, the page, and what does not exist.
  const more = ["/api/v1/openapi.json", "/api/v1/events", "/api/v1/nothing", "/review", "/review/"].map((path) => `/countersign${path}`);
  return [...described, ...more.map((path) => ({ method: "GET", path }))];
}

const isOpen = ({ method, path }: Route) => OPEN.has(`${method} ${path.replace("/countersign", "")}`);
const reads = ({ method }: Route) => method === "GET" || method === "HEAD";
const named = ({ method, path }: Route, status: number) => `${method} ${path} ${status}`;

/** The routes that answer otherwise than with one of `expected`. */
async function others(list: Route[], headers: Record<string, string>, expected: number): Promise<string[]> {
  const wrong: string[] = [];
  for (const route of list) {
    const response = await send(route, headers);
    if (response.status !== expected) wrong.push(named(route, response.status));
    if (!response.bodyUsed) await response.body?.cancel();
  }
  return wrong;
}

const KEEPS_OUT = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

function checkHeaders(route: Route, { status, headers }: Response) {
  const what = named(route, status);
  expect(Object.fromEntries(headers), what).toMatchObject(KEEPS_OUT);
  const policy = headers.get("content-security-policy") ?? "";
  expect(policy, what).toContain("default-src 'none'");
  expect(policy, what).not.toMatch(/unsafe|https?:|\*/);
  if (status >= 400) expect(headers.get("content-type"), what).toMatch(/problem\+json|text\/html/);
  if (status >= 400 || route.path.includes("/api/")) expect(headers.get("cache-control"), what).toMatch(/no-store|no-cache/);
}

describe("every route", () => {
  it("is known, with those of the API, of signing in and of health among them", async () => {
    const paths = (await routes()).map(({ path }) => path);
    for (const path of ["/posts/{id}/{step}", "/session", "/health", "/audit"]) expect(paths).toContain(`/countersign/api/v1${path}`);
    for (const path of ["/healthz", "/signin/link", "/signout"]) expect(paths).toContain(`/countersign${path}`);
  });

  it("is refused to strangers", async () => {
    const closed = (await routes()).filter((route) => !isOpen(route));
    expect(closed.length).toBeGreaterThan(10);
    expect(await others(closed, {}, 401)).toEqual([]);
  });

  it("that changes anything is refused to auditors", async () => {
    const changes = (await routes()).filter((route) => !isOpen(route) && !reads(route));
    expect(changes.length).toBeGreaterThan(0);
    expect(await others(changes, { "x-user": "audra" }, 403)).toEqual([]);
  });

  it("that changes anything is refused to other sites' pages, whoever is signed in", async () => {
    const changes = (await routes()).filter((route) => !reads(route));
    const sites: Record<string, string>[] = [
      { "x-countersign-request": "" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "none" },
      { origin: "http://evil.test" },
      { origin: "null" },
    ];
    for (const headers of sites) {
      // Signing out is a plain form, which cannot send the header.
      const list = "x-countersign-request" in headers ? changes.filter(({ path }) => !path.endsWith("/signout")) : changes;
      expect(await others(list, { "x-user": "lea", ...headers }, 403)).toEqual([]);
    }
  });

  it("lets moderators and leads do what auditors may not", async () => {
    for (const user of Object.keys(people).filter((name) => name !== "audra"))
      for (const route of await routes()) {
        const { status, body } = await send(route, { "x-user": user });
        await body?.cancel();
        expect([401, 500], named(route, status)).not.toContain(status);
      }
  });

  it.each([
    ["a stranger", {}],
    ["a moderator", { "x-user": "mira" }],
  ] as [string, Record<string, string>][])("answers %s with the headers that keep others out", async (_who, user) => {
    for (const route of await routes()) {
      const response = await send(route, user);
      await response.body?.cancel();
      checkHeaders(route, response);
    }
  });

  it("asks for https where it is used, and only there", async () => {
    const health = async (origin: string) =>
      (await test.gate.fetch(new Request(`${origin}/countersign/healthz`))).headers.get("strict-transport-security");
    expect(await health("https://forum.test")).toBe("max-age=15552000");
    expect(await health("http://forum.test")).toBeNull();
  });
});
