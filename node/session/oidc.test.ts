/**
 * Signing in at a real provider, and everything that must not let anybody in.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GateOptions } from "../api/host.js";
import type { Role } from "../api/schema.js";
import { type TestGate, testGate } from "../testing/gate.js";
import { Browser, CLIENT, type RunningProvider, signInAs, startProvider } from "../testing/provider.js";

const ORIGIN = "http://127.0.0.1:9";
const BASE = `${ORIGIN}/countersign`;
const CALLBACK = `${BASE}/signin/callback`;

let provider: RunningProvider;
beforeAll(async () => {
  provider = await startProvider(CALLBACK);
});
afterAll(() => provider.close());

const values: Record<string, Role> = { "forum-moderators": "moderator", "forum-leads": "lead" };

async function oidcGate(more: Partial<GateOptions["signIn"]> = {}, gateOptions: Partial<GateOptions> = {}) {
  const oidc = {
    issuer: provider.issuer,
    ...CLIENT,
    scope: "openid profile groups",
    roles: { claim: "groups", values },
    idClaim: "preferred_username",
  };
  const test = await testGate({ signIn: { oidc, baseUrl: ORIGIN, ...more }, ...gateOptions });
  return { ...test, browser: new Browser((request) => test.gate.fetch(request)) };
}

async function begin(browser: Browser) {
  const response = await browser.go(`${BASE}/signin`);
  expect(response.status).toBe(302);
  return response.headers.get("location") ?? "";
}

async function enter(browser: Browser, name = "mira") {
  return browser.go(await signInAs(name, await begin(browser), CALLBACK));
}

const session = async (browser: Browser) => browser.go(`${BASE}/api/v1/session`);
const actions = async ({ gate }: TestGate) => (await gate.audit.list()).map(({ actor, action }) => `${actor} ${action}`);

describe("signing in at a provider", () => {
  it("lets in whom the provider knows as a moderator, with PKCE, state and nonce", async () => {
    const test = await oidcGate();
    const start = new URL(await begin(test.browser));
    expect(Object.fromEntries(start.searchParams)).toMatchObject({
      code_challenge_method: "S256",
      response_type: "code",
      redirect_uri: CALLBACK,
    });
    for (const name of ["code_challenge", "state", "nonce"]) expect(start.searchParams.get(name)?.length).toBeGreaterThanOrEqual(43);
    const back = await test.browser.go(await signInAs("lea", start.href, CALLBACK));
    expect([back.status, back.headers.get("location")]).toEqual([302, "/countersign/review/"]);
    expect(await (await session(test.browser)).json()).toMatchObject({
      moderator: { id: "lea", name: "lea of the provider", role: "lead" },
      signOut: "/countersign/signout",
    });
    expect(await actions(test)).toEqual(["lea signed-in"]);
  });

  it("keeps the cookie from scripts and other sites, and tells it to nobody else", async () => {
    const test = await oidcGate();
    const back = await enter(test.browser);
    const cookie = back.headers.getSetCookie().find((line) => line.startsWith("countersign=")) ?? "";
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(back.headers.get("cache-control")).toBe("no-store");
    const secret = /countersign=([^;]{43})/.exec(test.browser.cookies)?.[1] ?? "";
    expect(secret).toHaveLength(43);
    expect(JSON.stringify([test.logged, await test.gate.audit.list()])).not.toContain(secret);
  });

  it("asks for `__Host-` and Secure where the service is reached by https", async () => {
    const { gate } = await oidcGate({ baseUrl: "https://forum.example" });
    const [cookie] = (await gate.fetch(new Request(`${BASE}/signin`))).headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-countersign-signin=.*Secure/);
    expect(cookie).toContain("Path=/;");
  });

  it("lets nobody in who has no role", async () => {
    const test = await oidcGate();
    expect((await enter(test.browser, "dana")).status).toBe(403);
    expect((await session(test.browser)).status).toBe(401);
    expect(await actions(test)).toEqual(["dana sign-in-refused"]);
  });

  it("asks a function for the role", async () => {
    const roles = (claims: Record<string, unknown>) => (claims.name === "dana of the provider" ? ("auditor" as const) : null);
    const test = await oidcGate({ oidc: { issuer: provider.issuer, ...CLIENT, roles, idClaim: "preferred_username" } });
    await enter(test.browser, "dana");
    expect(await (await session(test.browser)).json()).toMatchObject({ moderator: { id: "dana", role: "auditor" } });
  });
});

describe("a sign-in that does not count", () => {
  it("is one whose state was changed", async () => {
    const { browser } = await oidcGate();
    const back = new URL(await signInAs("mira", await begin(browser), CALLBACK));
    back.searchParams.set("state", "another");
    expect((await browser.go(back.href)).status).toBe(400);
    expect((await session(browser)).status).toBe(401);
  });

  it("is one begun in another browser", async () => {
    const { browser, gate } = await oidcGate();
    const back = await signInAs("mira", await begin(browser), CALLBACK);
    const victim = new Browser((request) => gate.fetch(request));
    expect((await victim.go(back)).status).toBe(400);
    await begin(victim);
    expect((await victim.go(back)).status).toBe(400);
    expect((await session(victim)).status).toBe(401);
  });

  it("is one sent a second time, with its cookie or with a fresh one", async () => {
    const { browser, gate } = await oidcGate();
    const start = await begin(browser);
    const planted = browser.cookies;
    const back = await signInAs("mira", start, CALLBACK);
    expect((await browser.go(back)).status).toBe(302);
    const thief = new Browser((request) => gate.fetch(request));
    const [name = "", value = ""] = planted.split("=");
    thief.plant(name, value);
    expect((await thief.go(back)).status).toBe(400);
    expect((await session(thief)).status).toBe(401);
  });

  it("is one whose code was made up, or that the person declined", async () => {
    const { browser, logged } = await oidcGate();
    for (const answer of ["code=made-up", "error=access_denied"]) {
      const state = new URL(await begin(browser)).searchParams.get("state");
      const response = await browser.go(`${CALLBACK}?${answer}&state=${state}&iss=${encodeURIComponent(provider.issuer)}`);
      expect(response.status).toBe(400);
    }
    expect(logged.filter(({ event }) => event === "oidc/refused")).toHaveLength(2);
    expect((await session(browser)).status).toBe(401);
  });

  it("is one that took too long", async () => {
    let now = Date.parse("2026-05-05T09:00:00Z");
    const { browser } = await oidcGate({}, { now: () => new Date(now) });
    const back = await signInAs("mira", await begin(browser), CALLBACK);
    now += 600_001;
    expect((await browser.go(back)).status).toBe(400);
  });

  it("is told as such, on a page without the provider's words, while the provider is away", async () => {
    const gone = await startProvider(CALLBACK);
    await gone.close();
    const { browser, logged } = await oidcGate({ oidc: { issuer: gone.issuer, ...CLIENT, roles: () => "lead" } });
    const response = await browser.go(`${BASE}/signin`);
    expect([response.status, response.headers.get("content-type")]).toEqual([503, expect.stringContaining("text/html")]);
    expect(logged).toContainEqual(expect.objectContaining({ event: "oidc/unreachable" }));
  });
});

describe("a session", () => {
  it("is a new one at every sign-in, and a planted one is nobody's", async () => {
    const { browser } = await oidcGate();
    browser.plant("countersign", "planted");
    await enter(browser);
    const first = browser.cookies;
    expect(first).not.toContain("planted");
    await enter(browser);
    expect(browser.cookies).not.toBe(first);
    browser.plant("countersign", first.split("=")[1] ?? "");
    expect((await session(browser)).status).toBe(401);
  });

  it("ends when it is not used, and in any case", async () => {
    let now = Date.parse("2026-05-05T09:00:00Z");
    const { browser } = await oidcGate({ idleMs: 600_000, absoluteMs: 1_500_000 }, { now: () => new Date(now) });
    await enter(browser);
    for (const minutes of [9, 9]) {
      now += minutes * 60_000;
      expect((await session(browser)).status).toBe(200);
    }
    now += 11 * 60_000;
    expect((await session(browser)).status).toBe(401);
    await enter(browser);
    for (const minutes of [9, 9]) {
      now += minutes * 60_000;
      expect((await session(browser)).status).toBe(200);
    }
    now += 8 * 60_000;
    expect((await session(browser)).status).toBe(401);
  });

  it("has the role its moderator has now, and ends with the last one", async () => {
    let role: Role | null = "auditor";
    const test = await oidcGate({ roleOf: () => role });
    await enter(test.browser);
    expect(await (await session(test.browser)).json()).toMatchObject({ moderator: { role: "auditor" } });
    role = null;
    expect((await session(test.browser)).status).toBe(401);
    role = "lead";
    expect((await session(test.browser)).status).toBe(401);
    expect(await actions(test)).toEqual(["mira signed-in", "mira signed-out"]);
  });

  it("ends for good when its owner signs out, which no other site can do", async () => {
    const test = await oidcGate();
    await enter(test.browser);
    const held = test.browser.cookies;
    const foreign = await test.browser.go(`${BASE}/signout`, { method: "POST", headers: { "sec-fetch-site": "cross-site" } });
    expect(foreign.status).toBe(403);
    expect((await session(test.browser)).status).toBe(200);
    const out = await test.browser.go(`${BASE}/signout`, { method: "POST", headers: { "sec-fetch-site": "same-origin" } });
    expect([out.status, out.headers.get("location")]).toEqual([303, "/countersign/signedout"]);
    expect(test.browser.cookies).toBe("");
    test.browser.plant("countersign", held.split("=")[1] ?? "");
    expect((await session(test.browser)).status).toBe(401);
    expect(await (await test.browser.go(`${BASE}/signedout`)).text()).toContain(`${provider.issuer}/session/end`);
  });

  it("is kept by its hash alone", async () => {
    const { openSqlite } = await import("../store/sqlite.js");
    const test = await oidcGate();
    await enter(test.browser);
    const value = test.browser.cookies.split("=")[1] ?? "";
    await test.gate.close();
    const store = await openSqlite(test.store);
    const rows = await store.db.selectFrom("sessions").selectAll().execute();
    await store.close();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(value);
  });
});
