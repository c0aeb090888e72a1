import { describe, expect, it } from "vitest";
import type { GateOptions } from "../api/host.js";
import { type TestGate, testGate } from "../testing/gate.js";

const BASE = "http://forum.test/countersign";
const addressOf = (request: Request) => request.headers.get("x-address");

const limitedGate = (limits: GateOptions["limits"]) => testGate({ addressOf, ...(limits === undefined ? {} : { limits }) });

/** A change that is refused for its content, after it was counted. */
const change = ({ gate }: TestGate, user: string, address = "1") =>
  gate.fetch(
    new Request(`${BASE}/api/v1/posts/x/claim`, {
      method: "POST",
      headers: { "x-user": user, "x-address": address, "x-countersign-request": "1", "content-type": "application/json" },
      body: "{}",
    }),
  );

describe("changes", () => {
  it("are limited by moderator, who is told how many are left and when to come back", async () => {
    const test = await limitedGate({ writes: 2 });
    const [first, , third] = [await change(test, "mira"), await change(test, "mira"), await change(test, "mira")];
    expect(first?.headers.get("ratelimit-policy")).toContain('"changes";q=2;w=60');
    expect(first?.headers.get("ratelimit")).toMatch(/"changes";r=1;t=\d+/);
    expect([first?.status, third?.status]).toEqual([400, 429]);
    expect(Number(third?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await third?.json()).toMatchObject({ type: "urn:countersign:problem:rate-limited", status: 429 });
    expect((await change(test, "milo")).status).toBe(400);
  });

  it("are limited by address, whoever makes them", async () => {
    const test = await limitedGate({ writesFromAddress: 2 });
    const statuses = [];
    for (const user of ["mira", "milo", "lea"]) statuses.push((await change(test, user)).status);
    expect(statuses).toEqual([400, 400, 429]);
    expect((await change(test, "lea", "2")).status).toBe(400);
  });

  it("are not limited where the host does that, and reading never is", async () => {
    const free = await limitedGate(false);
    for (let index = 0; index < 350; index++) expect((await change(free, "mira")).headers.get("ratelimit")).toBeNull();
    const test = await limitedGate({ writes: 1, writesFromAddress: 1 });
    for (let index = 0; index < 5; index++)
      expect((await test.gate.fetch(new Request(`${BASE}/api/v1/session`, { headers: { "x-user": "mira" } }))).status).toBe(200);
  });
});

describe("signing in", () => {
  it("is limited by address, so that nobody guesses links", async () => {
    const test = await testGate({ signIn: { link: true }, addressOf, limits: { signIns: 3 } });
    const guess = (address: string) =>
      test.gate.fetch(
        new Request(`${BASE}/signin/link`, {
          method: "POST",
          headers: { "x-address": address, "x-countersign-request": "1", "content-type": "application/json" },
          body: '{"token":"guess"}',
        }),
      );
    const statuses = [];
    for (let index = 0; index < 4; index++) statuses.push((await guess("1")).status);
    expect(statuses).toEqual([403, 403, 403, 429]);
    expect((await guess("2")).status).toBe(403);
  });
});
