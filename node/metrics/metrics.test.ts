import { describe, expect, it } from "vitest";
import { agentPost, BAD, humanPost, people, type TestGate, testGate } from "../testing/gate.js";
import { Meter, MOST_RULES } from "./meter.js";

const TOKEN = "a-token-for-the-tests";
const BASE = "http://forum.test/countersign";

const ask = ({ gate }: TestGate, headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }) =>
  gate.fetch(new Request(`${BASE}/metrics`, { headers }));

/** The samples by name and labels, as they are written. */
async function samples(test: TestGate): Promise<Record<string, number>> {
  const text = await (await ask(test)).text();
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]));
}

const mira = people.mira ?? { id: "mira", name: "Mira", role: "moderator" };

describe("GET /metrics", () => {
  it("counts submissions, what was found, and how the queue stands", async () => {
    let now = Date.parse("2026-05-05T09:00:00Z");
    const test = await testGate({ metrics: { token: TOKEN }, now: () => new Date(now) });
    const written = agentPost(BAD, true);
    const held = await test.gate.submit({ ...written, post: { ...written.post, at: "2026-05-05T08:59:50Z" } });
    await test.gate.submit(agentPost("harmless", true));
    await test.gate.submit(agentPost("HANG", true));
    await test.gate.submit(humanPost(BAD));
    now += 120_000;
    expect(await samples(test)).toMatchObject({
      'countersign_submissions_total{action="hold"}': 2,
      'countersign_submissions_total{action="label"}': 1,
      'countersign_submissions_total{action="flag"}': 1,
      'countersign_undecided_total{code="undecided/deadline"}': 1,
      'countersign_findings_total{rule="shell/chmod-world"}': 2,
      'countersign_posts{state="held",severity="critical"}': 1,
      'countersign_posts{state="held",severity="unread"}': 1,
      'countersign_posts{state="flagged",severity="critical"}': 1,
      'countersign_engine_restarts_total{reason="undecided/deadline"}': 1,
      countersign_oldest_open_seconds: 120,
      countersign_time_to_hold_seconds_sum: 10,
      countersign_time_to_hold_seconds_count: 1,
      countersign_submit_seconds_count: 4,
      countersign_store_up: 1,
    });

    const step = async (name: "claim" | "reject") => {
      const { version, contentHash } = await test.gate.review.get(held.postId);
      await test.gate.review.decide(name, held.postId, mira, { version, contentHash });
    };
    await step("claim");
    await step("reject");
    const after = await samples(test);
    expect(after).toMatchObject({
      countersign_claims_total: 1,
      'countersign_audit_entries_total{action="rejected"}': 1,
      'countersign_posts{state="rejected",severity="critical"}': 1,
      countersign_time_to_decision_seconds_sum: 120,
      countersign_time_to_decision_seconds_count: 1,
    });
    expect(after['countersign_posts{state="held",severity="critical"}'] ?? 0).toBe(0);
    expect(await samples(test)).toMatchObject({ countersign_claims_total: 1, countersign_time_to_decision_seconds_count: 1 });
  });

  it("counts what the host does not confirm, and who signs in", async () => {
    const publish = () => Promise.reject(new Error("away"));
    const test = await testGate({ metrics: { token: TOKEN }, publish, signIn: { link: true } });
    const { postId, contentHash } = await test.gate.submit(agentPost(BAD, true));
    await test.gate.review.decide("approve", postId, mira, { contentHash, version: 1 });
    await test.gate.outbox.drain();
    const [, token] = (await test.gate.signInLink(mira)).split("#");
    const headers = { "content-type": "application/json", "x-countersign-request": "1" };
    await test.gate.fetch(new Request(`${BASE}/signin/link`, { method: "POST", headers, body: JSON.stringify({ token }) }));
    const counted = await samples(test);
    expect(counted).toMatchObject({ 'countersign_sign_ins_total{result="let-in"}': 1, countersign_outbox_failing: 1 });
    expect(counted['countersign_outbox_failures_total{kind="publish"}']).toBeGreaterThan(0);
  });

  it("counts the pages that listen, until they stop", async () => {
    const test = await testGate({ metrics: { token: TOKEN } });
    const listen = () => test.gate.fetch(new Request(`${BASE}/api/v1/events`, { headers: { "x-user": "mira" } }));
    const [first, second] = [await listen(), await listen()];
    expect(await samples(test)).toMatchObject({ countersign_event_streams: 2 });
    await first.body?.cancel();
    expect(await samples(test)).toMatchObject({ countersign_event_streams: 1 });
    await second.body?.cancel();
    expect(await samples(test)).toMatchObject({ countersign_event_streams: 0 });
  });

  it("is for whoever has the token, and for moderators", async () => {
    const test = await testGate({ metrics: { token: TOKEN } });
    const status = async (headers: Record<string, string>) => (await ask(test, headers)).status;
    expect(await status({})).toBe(401);
    expect(await status({ authorization: "Bearer another-token-of-somebody" })).toBe(401);
    expect(await status({ authorization: TOKEN })).toBe(401);
    expect(await status({ "x-user": "audra" })).toBe(200);
    const without = await testGate();
    expect((await ask(without, { authorization: "Bearer undefined" })).status).toBe(401);
    await expect(testGate({ metrics: { token: "short" } })).rejects.toThrow("at least 16");
  });

  it("still answers what it counted itself when the store is gone", async () => {
    const test = await testGate({ metrics: { token: TOKEN } });
    await test.gate.submit(humanPost("thanks"));
    await test.gate.close();
    expect(await samples(test)).toMatchObject({
      countersign_store_up: 0,
      'countersign_submissions_total{action="publish"}': 1,
      countersign_store_errors_total: 1,
    });
  });
});

describe("the rules told apart", () => {
  it("are so many and no more, and look like rules", async () => {
    const meter = new Meter();
    const found = (rule: string) =>
      meter.submission(() => new Date(), undefined, Promise.resolve({ action: "flag", verdict: { findings: [{ rule }] } } as never));
    for (let number = 0; number < MOST_RULES + 5; number++) await found(`own/rule-${number}`);
    await found("own/rule-1");
    await found('x"} evil 1\n');
    const text = await meter.registry.metrics();
    expect(text.match(/findings_total\{rule="own\//g)).toHaveLength(MOST_RULES);
    expect(text).toContain('countersign_findings_total{rule="other"} 6');
    expect(text).toContain('countersign_findings_total{rule="own/rule-1"} 2');
    expect(text).not.toContain("evil");
  });
});
