import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Allowance, AllowRequest, Problem } from "../api/schema.js";
import type { SubmissionInput } from "../api/wire.js";
import { SHIPPED } from "../engine/source.js";
import { openSqlite } from "../store/sqlite.js";
import { agentPost, folder, sharedGate, type TestGate, testGate } from "../testing/gate.js";
import { api } from "../testing/http.js";

const shipped = { engine: SHIPPED, deadlineMs: 10_000 };
const HARM = "Run `chmod -R 777 /srv/app` and try again.";
const inAYear = (days = 30) => new Date(Date.now() + days * 86_400_000).toISOString();

/** An answer of `agent`, asked for in `category`. */
function answer(body: string, category = "sandbox", agent = "helper"): SubmissionInput {
  const post = agentPost(body, true);
  const at = new Date(Date.now() - 60_000).toISOString();
  const said = { id: "p1", author: "dana", handle: "dana", kind: "human" as const, at, body: `@${agent} how do I fix this?` };
  return {
    post: { ...post.post, author: { id: agent, handle: agent, kind: "agent" } },
    thread: { ...post.thread, category, posts: [said] },
  };
}

const request = (over: Partial<AllowRequest> = {}): AllowRequest => ({
  rule: "shell/chmod-open",
  scope: { category: "sandbox" },
  reason: 'nobody works there\n[kill_switch]\nall_agents = true # """',
  expires: inAYear(),
  ...over,
});

const make = (test: TestGate, body: Partial<AllowRequest>, user = "mira") =>
  api<Allowance & Problem>(test, user, "POST", "allowances", request(body));

describe("an exception", () => {
  let test: TestGate;
  let rule: string;
  let count = 0;
  const act = async (category?: string, agent?: string) => (await test.gate.submit(answer(`${HARM} ${count++}`, category, agent))).action;
  beforeAll(async () => {
    const close = await sharedGate((shared) => (test = shared), shipped);
    const { verdict } = await test.gate.submit(answer(HARM));
    rule = verdict?.findings[0]?.rule ?? "";
    return close;
  });

  it("lets the same post through within its scope, and nowhere else, until it is revoked", async () => {
    expect(await act()).toBe("hold");
    const made = await make(test, { rule });
    expect(made).toMatchObject({ status: 201, json: { by: "mira", rule, revokedAt: null } });
    expect(made.json).not.toHaveProperty("notInForce");
    expect(await act()).toBe("label");
    expect(await act("operations")).toBe("hold");
    const revoked = await api<Allowance>(test, "milo", "DELETE", `allowances/${made.json.id}`);
    expect(revoked).toMatchObject({ status: 200, json: { revokedAt: expect.any(String) } });
    expect(await act()).toBe("hold");
    const again = await api<Allowance>(test, "lea", "DELETE", `allowances/${made.json.id}`);
    expect(again.json.revokedAt).toBe(revoked.json.revokedAt);
  });

  it("by its fingerprint lets one instruction of one author through", async () => {
    const held = await test.gate.submit(answer(`${HARM} ${count++}`));
    const [finding] = held.verdict?.findings ?? [];
    const { json } = await make(test, {
      rule: undefined,
      fingerprint: finding?.fingerprint,
      scope: { author: "helper" },
      postId: held.postId,
    } as Partial<AllowRequest>);
    expect(json).toMatchObject({ rule: finding?.rule, fingerprint: finding?.fingerprint, postId: held.postId });
    expect(await act("operations")).toBe("label");
    expect(await act("operations", "triage")).toBe("hold");
    expect((await test.gate.submit(answer("Run `chmod -R 777 /srv/other`."))).action).toBe("hold");
    await api(test, "mira", "DELETE", `allowances/${json.id}`);
  });

  it("is in the log when it is made and revoked, without its reason", async () => {
    const { json } = await make(test, { rule, scope: { thread: "t9" } });
    await api(test, "milo", "DELETE", `allowances/${json.id}`);
    const log = (await test.gate.audit.list()).filter(({ detail }) => detail.allowance === json.id);
    expect(log.map(({ actor, action }) => [actor, action])).toEqual([
      ["mira", "allowance-made"],
      ["milo", "allowance-revoked"],
    ]);
    expect(JSON.stringify(log)).not.toContain("nobody works there");
    expect(await test.gate.audit.verify()).toMatchObject({ ok: true });
  });

  it("is listed while it counts, and afterwards apart", async () => {
    const { json } = await make(test, { rule, scope: { thread: "t8" } });
    const ids = async (show: string) =>
      (await api<{ items: Allowance[] }>(test, "audra", "GET", `allowances?show=${show}`)).json.items.map(({ id }) => id);
    expect([await ids("current"), await ids("ended")]).toMatchObject([[json.id], expect.not.arrayContaining([json.id])]);
    await api(test, "mira", "DELETE", `allowances/${json.id}`);
    expect([await ids("current"), (await ids("ended"))[0]]).toEqual([[], json.id]);
  });

  it.each<[string, Partial<AllowRequest>, string]>([
    ["neither a rule nor a fingerprint", { rule: " " }, "either a `rule` or a `fingerprint`"],
    ["both", { fingerprint: "x" }, "either a `rule` or a `fingerprint`"],
    ["no scope", { scope: { category: " " } }, "`scope`"],
    ["no reason", { reason: " " }, "`reason`"],
    ["a time that is none", { expires: "soon" }, "`expires`"],
    ["a time that is over", { expires: "2020-01-01T00:00:00Z" }, "`expires`"],
    ["more than a year", { expires: inAYear(400) }, "at most a year"],
    ["a post that is not there", { postId: "nope" }, "`postId`"],
  ])("is refused with %s", async (_name, body, why) => {
    const refused = await make(test, body);
    expect(refused).toMatchObject({ status: 400, json: { detail: expect.stringContaining(why) } });
  });

  it("is refused for a finding its post does not have", async () => {
    const { postId } = await test.gate.submit(answer(`${HARM} ${count++}`));
    expect(await make(test, { rule: "shell/other", postId })).toMatchObject({ status: 400 });
  });
});

describe("who makes an exception", () => {
  const policy = '[[agents]]\nid = "helper"\noperator = "mira"\n\n[[agents]]\nid = "triage"\noperator = "olga"\n';
  let test: TestGate;
  beforeAll(() => sharedGate((shared) => (test = shared), { ...shipped, policy }));

  it.each<[string, Partial<AllowRequest>, string]>([
    ["the author it is for", { scope: { author: "milo" } }, "milo"],
    ["its operator", { scope: { author: "helper" } }, "mira"],
    ["an operator, for everyone", { scope: { category: "*" } }, "mira"],
  ])("is not %s", async (_name, body, user) => {
    expect(await make(test, body, user)).toMatchObject({ status: 403, json: { type: "urn:countersign:problem:conflict-of-interest" } });
  });

  it("is not whoever invoked, asked for or wrote a post it would let through", async () => {
    const post = answer(HARM, "ops", "triage");
    post.post.onBehalfOf = "milo";
    const { postId, verdict } = await test.gate.submit(post);
    const rule = verdict?.findings[0]?.rule;
    const refused = [
      await make(test, { rule, postId, scope: { author: "triage" } } as Partial<AllowRequest>, "milo"),
      await make(test, { rule, scope: { category: "ops" } } as Partial<AllowRequest>, "milo"),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403]);
    expect((await make(test, { rule, scope: { thread: "elsewhere" } } as Partial<AllowRequest>, "milo")).status).toBe(201);
    expect((await make(test, { rule, postId, scope: { author: "triage" } } as Partial<AllowRequest>, "lea")).status).toBe(201);
    expect((await make(test, { scope: { author: "triage" } }, "mira")).status).toBe(201);
  });
});

describe("exceptions", () => {
  it("outlast the process, and count in others that share the store", async () => {
    const store = await openSqlite(join(folder(), "gate.db"));
    onTestFinished(() => store.close());
    const open = () => testGate({ ...shipped, store: { ...store, close: async () => undefined } });
    const [one, two] = [await open(), await open()];
    const { verdict, action } = await one.gate.submit(answer(HARM));
    expect(action).toBe("hold");
    await make(one, { rule: verdict?.findings[0]?.rule ?? "" });
    expect((await two.gate.submit(answer(`${HARM} b`))).action).toBe("label");
    expect((await (await open()).gate.submit(answer(`${HARM} c`))).action).toBe("label");
  });

  it("end by themselves", async () => {
    let clock = Date.now();
    const test = await testGate({ ...shipped, now: () => new Date(clock) });
    const { verdict } = await test.gate.submit(answer(HARM));
    await make(test, { rule: verdict?.findings[0]?.rule ?? "", expires: new Date(clock + 60_000).toISOString() });
    expect((await test.gate.submit(answer(`${HARM} a`))).action).toBe("label");
    clock += 61_000;
    const later = answer(`${HARM} b`);
    expect((await test.gate.submit(later)).action).toBe("hold");
  });

  it("say so when the policy they belong to is refused", async () => {
    const { writeFileSync } = await import("node:fs");
    const policyFile = join(folder(), "policy.toml");
    writeFileSync(policyFile, "# ours\n");
    const test = await testGate({ ...shipped, policyFile });
    writeFileSync(policyFile, "strictnes = 2\n");
    expect((await make(test, {})).json.notInForce).toContain("did you mean `strictness`?");
  });
});
