/**
 * One-time links: what they let in, once, and what they must not.
 */
import { describe, expect, it } from "vitest";
import type { GateOptions } from "../api/host.js";
import { type TestGate, testGate } from "../testing/gate.js";
import { Browser } from "../testing/provider.js";

const BASE = "http://127.0.0.1:9/countersign";
const LEAD = { id: "mira", name: "Mira", role: "lead" } as const;
const OWN = { "content-type": "application/json", "x-countersign-request": "1" };

const linkGate = (options: Partial<GateOptions> = {}) => testGate({ signIn: { link: true }, ...options });
const browserOf = ({ gate }: TestGate) => new Browser((request) => gate.fetch(request));

async function token({ gate }: TestGate): Promise<string> {
  const [path, secret = ""] = (await gate.signInLink(LEAD)).split("#");
  expect(path).toBe("/countersign/signin/link");
  return secret;
}

const take = (browser: Browser, secret: string, headers: Record<string, string> = OWN) =>
  browser.go(`${BASE}/signin/link`, { method: "POST", headers, body: JSON.stringify({ token: secret }) });
const session = async (browser: Browser) => (await browser.go(`${BASE}/api/v1/session`)).status;

describe("a one-time link", () => {
  it("lets one person in, once", async () => {
    const test = await linkGate();
    const secret = await token(test);
    const [first, second] = [browserOf(test), browserOf(test)];
    const answers = await Promise.all([take(first, secret), take(second, secret)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
    expect([await session(first), await session(second)].sort()).toEqual([200, 401]);
    const inside = answers[0]?.status === 200 ? first : second;
    const { moderator } = (await (await inside.go(`${BASE}/api/v1/session`)).json()) as { moderator: unknown };
    expect(moderator).toEqual(LEAD);
  });

  it("is not used up by being opened, by programs that look ahead among others", async () => {
    const test = await linkGate();
    const secret = await token(test);
    for (const path of ["/signin/link", `/signin/link?token=${secret}`, "/signin/page.js", "/signin/page.css"])
      expect((await browserOf(test).go(`${BASE}${path}`)).status).toBe(200);
    expect((await take(browserOf(test), secret)).status).toBe(200);
  });

  it("is what a browser without a session is sent to", async () => {
    const test = await linkGate();
    const visit = (accept: string) => browserOf(test).go(`${BASE}/review/`, { headers: { accept } });
    const page = await visit("text/html,application/xhtml+xml");
    expect([page.status, page.headers.get("location")]).toEqual([302, "/countersign/signin"]);
    expect((await visit("application/json")).status).toBe(401);
  });

  it("is too old after ten minutes", async () => {
    let now = Date.parse("2026-05-05T09:00:00Z");
    const test = await linkGate({ now: () => new Date(now) });
    const secret = await token(test);
    now += 600_000;
    expect((await take(browserOf(test), secret)).status).toBe(403);
  });

  it("cannot be used by another site, nor made up", async () => {
    const test = await linkGate();
    const secret = await token(test);
    const browser = browserOf(test);
    for (const headers of [
      { "content-type": "application/json" },
      { ...OWN, "sec-fetch-site": "cross-site" },
      { ...OWN, origin: "http://evil.test" },
    ])
      expect((await take(browser, secret, headers)).status).toBe(403);
    expect((await take(browser, "made-up")).status).toBe(403);
    expect((await take(browser, "x".repeat(5_000))).status).toBe(413);
    expect(await session(browser)).toBe(401);
    expect(JSON.stringify([test.logged, await test.gate.audit.list()])).not.toContain(secret);
  });

  it("is not made where links are not wanted", async () => {
    await expect((await testGate()).gate.signInLink(LEAD)).rejects.toThrow("signIn: { link: true }");
  });
});

describe("a gate", () => {
  it("that nobody could enter does not start", async () => {
    await expect(linkGate({ signIn: undefined, authenticate: undefined } as never)).rejects.toThrow("nobody could review");
    await expect(linkGate({ signIn: {} })).rejects.toThrow("name `oidc`, or set `link`");
    const oidc = { issuer: "https://id.example", clientId: "x", roles: () => null };
    await expect(linkGate({ signIn: { oidc } })).rejects.toThrow("baseUrl");
    await expect(linkGate({ signIn: { oidc: { ...oidc, redirectUri: "https://forum.example/elsewhere" } } })).rejects.toThrow(
      "/countersign/signin/callback",
    );
  });

  it("sends people to the forum when it does not sign them in itself", async () => {
    const { gate } = await testGate();
    const response = await gate.fetch(new Request(`${BASE}/signin`));
    expect([response.status, response.headers.get("location")]).toEqual([302, "/"]);
    expect((await gate.fetch(new Request(`${BASE}/signout`, { method: "POST" }))).status).toBe(404);
  });
});
