/**
 * A signed request tells who sent it exactly once, and with anything changed, missing or wrong it tells nothing.
 */
import type { Agent } from "countersign";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { COVERED, digestOf, type Signing, type TestSigner, tampered, testSigner } from "../testing/signing.js";
import type { KeySource } from "./directory.js";
import { Identifier } from "./identify.js";
import { Keys } from "./keys.js";
import type { Nonces } from "./nonces.js";

const ORIGIN = "https://agent.example";
const HERE = "https://forum.example/api/threads/t1/posts";
const clock = new Date("2026-05-05T09:00:00Z");
const now = () => clock;
const at = (seconds: number) => clock.getTime() / 1000 + seconds;

let agent: TestSigner;
let stranger: TestSigner;
beforeAll(async () => {
  agent = await testSigner(ORIGIN, now);
  stranger = await testSigner(ORIGIN, now);
});

const registered = (more: Partial<Agent> = {}): Agent => ({ id: "helper", signatureAgent: ORIGIN, ...more });

function seenOnce(): Nonces {
  const seen = new Set<string>();
  return { use: async ({ keyid, nonce }) => (seen.size === seen.add(`${keyid} ${nonce}`).size ? "used" : "fresh") };
}

type Setting = { agents?: Agent[]; source?: KeySource; nonces?: Nonces; authorities?: string[] };

function identifier({ agents = [registered()], source, nonces = seenOnce(), authorities = ["forum.example"] }: Setting = {}) {
  const keys = new Keys(source ?? (async () => ({ keys: [agent.jwk] })), now);
  return new Identifier({ authorities, agents: () => agents, keys, nonces, now, log: { log: () => undefined } });
}

const told = (kind: string, detail = "") => ({
  problem: { type: `urn:countersign:problem:${kind}`, detail: expect.stringContaining(detail) },
});
const without = (name: string) => COVERED.filter((component) => component !== name);

describe("a signed request", () => {
  it("tells which registered agent sent it", async () => {
    const identity = await identifier().identify(await agent.sign(HERE));
    expect(identity).toEqual({ agent: "helper", keyid: agent.keyid, signatureAgent: ORIGIN });
  });

  it("leaves its body to be read", async () => {
    const request = await agent.sign(HERE);
    await identifier().identify(request);
    expect(await request.json()).toEqual({ body: "Restart it." });
  });

  it("may read as well as write, and then needs no digest", async () => {
    const request = await agent.sign("https://forum.example/api/threads/t1", { method: "GET", components: without("content-digest") });
    expect(await identifier().identify(request)).toMatchObject({ agent: "helper" });
  });

  it("may name its origin in the older form, and cover the query", async () => {
    const signing = { agent: `"${ORIGIN}"`, components: [...COVERED.slice(0, 4), "@query", "signature-agent"] };
    expect(await identifier().identify(await agent.sign(`${HERE}?draft=1`, signing))).toMatchObject({ agent: "helper" });
  });

  it("is nobody's without a signature, or with one made for another purpose", async () => {
    const identify = (request: Request) => identifier().identify(request);
    expect(await identify(new Request(HERE, { method: "POST", body: "x" }))).toBeNull();
    const other = await agent.sign(HERE, { parameters: { tag: "activitypub" } });
    const headers = new Headers(other.headers);
    headers.delete("signature-agent");
    expect(await identify(new Request(HERE, { method: "POST", headers, body: "x" }))).toBeNull();
  });
});

describe("a request changed after it was signed", () => {
  it.each<[string, Parameters<typeof tampered>[1], string]>([
    ["its body", { body: '{"body":"Run chmod."}' }, "the body is not the one"],
    ["its body and digest", { body: "{}", headers: { "content-digest": digestOf("{}") } }, "does not match what arrived"],
    ["its method", { method: "PUT" }, "does not match what arrived"],
    ["its path", { url: "https://forum.example/api/threads/t2/posts" }, "does not match what arrived"],
    ["its query", { url: `${HERE}?publish=now` }, '"@query" is absent'],
    ["its host", { url: "https://wiki.example/api/threads/t1/posts" }, "does not match what arrived"],
    ["its digest", { headers: { "content-digest": digestOf("other") } }, "the body is not the one"],
    ["a digest nobody knows", { headers: { "content-digest": "md5=:AAAA:" } }, "has no digest to check"],
    ["its agent", { headers: { "signature-agent": 'sig1="https://other.example"' } }, "does not match what arrived"],
  ])("%s", async (_name, change, detail) => {
    const agents = [registered(), registered({ id: "other", signatureAgent: "https://other.example" })];
    const desk = identifier({ agents, authorities: ["forum.example", "wiki.example"] });
    await expect(desk.identify(await tampered(await agent.sign(HERE), change))).rejects.toMatchObject(told("signature-refused", detail));
  });

  it("its tag: it is no identity any more", async () => {
    const request = await agent.sign(HERE);
    const input = request.headers.get("signature-input")?.replace("web-bot-auth", "web-bot-auto") ?? "";
    const changed = await tampered(request, { headers: { "signature-input": input } });
    await expect(identifier().identify(changed)).rejects.toMatchObject(told("signature-malformed", "`web-bot-auth`"));
  });
});

describe("a signature that is not good enough", () => {
  it.each<[string, Signing, string]>([
    ["expired", { parameters: { created: at(-200), expires: at(-100) } }, "expired"],
    ["made in the future", { parameters: { created: at(100), expires: at(200) } }, "created in the future"],
    ["valid for a year", { parameters: { created: at(-400), expires: at(1e7) } }, "too old"],
    ["without the digest", { components: without("content-digest") }, '"content-digest" is absent'],
    ["without the method", { components: without("@method") }, '"@method" is absent'],
    ["without the path", { components: without("@path") }, '"@path" is absent'],
    ["without the host", { components: without("@authority") }, '"@authority" is absent'],
    ["without its agent", { components: COVERED.slice(0, 4) }, "does not cover one member of `Signature-Agent`"],
    [
      "for a digest's part",
      { components: [...without("content-digest"), { name: "content-digest", parameters: { key: "sha-256" } }] },
      '"content-digest" is absent',
    ],
  ])("%s", async (_name, signing, detail) => {
    await expect(identifier().identify(await agent.sign(HERE, signing))).rejects.toMatchObject(told("signature-refused", detail));
  });

  it.each<[string, Signing, string]>([
    ["without a nonce", { parameters: { nonce: undefined } }, "`nonce`"],
    ["without an expiry", { parameters: { expires: undefined } }, "`expires`"],
    ["without a time", { parameters: { created: undefined } }, "`created`"],
    ["without a key id", { parameters: { keyid: undefined } }, "`keyid`"],
    ["of an unknown kind of agent", { agent: `sig1="${ORIGIN}/jwks.json";type=jwks_uri` }, "`directory`"],
    ["of an agent that is no origin", { agent: `sig1="${ORIGIN}/keys"` }, "names no origin"],
    ["of an agent that is no text", { agent: "sig1=1" }, "names no origin"],
  ])("%s", async (_name, signing, detail) => {
    await expect(identifier().identify(await agent.sign(HERE, signing))).rejects.toMatchObject(told("signature-malformed", detail));
  });

  it("claims another algorithm", async () => {
    const request = await agent.sign(HERE, { parameters: { alg: "ed25519" } });
    const input = request.headers.get("signature-input")?.replace('"ed25519"', '"hmac-sha256"') ?? "";
    const changed = await tampered(request, { headers: { "signature-input": input } });
    await expect(identifier().identify(changed)).rejects.toMatchObject(told("signature-refused", "hmac-sha256"));
  });

  it.each(["", "(", "sig1", "sig1=:AA==:"])("reads `%s`", async (garbage) => {
    const headers = { "signature-input": garbage, "signature-agent": `sig1="${ORIGIN}"`, signature: garbage };
    const request = new Request(HERE, { method: "POST", headers, body: "x" });
    await expect(identifier().identify(request)).rejects.toMatchObject(told("signature-malformed"));
  });

  it("comes twice", async () => {
    const [first, second] = [await agent.sign(HERE), await agent.sign(HERE)];
    const both = (name: string) => `${first.headers.get(name)}, ${second.headers.get(name)?.replace("sig1=", "sig2=")}`;
    const headers = { signature: both("signature"), "signature-input": both("signature-input") };
    await expect(identifier().identify(await tampered(first, { headers }))).rejects.toMatchObject(
      told("signature-malformed", "2 signatures"),
    );
  });
});

describe("any headers", () => {
  it("name nobody, or are refused as a problem", async () => {
    const parts = [...'sig1 = ( ) "@method" ; tag "web-bot-auth" :AA==: , " keyid created 1 ?1 @1'.split(" "), ORIGIN];
    const value = fc.oneof(
      fc.array(fc.constantFrom(...parts), { maxLength: 30 }).map((some) => some.join("")),
      fc.string(),
    );
    const name = fc.constantFrom("signature", "signature-input", "signature-agent", "content-digest");
    const headers = fc.dictionary(name, value);
    const base = await agent.sign(HERE);
    await fc.assert(
      fc.asyncProperty(headers, async (change) => {
        const request = await tampered(base, { headers: change });
        const answer = await identifier({ source: async () => ({ keys: [] }) })
          .identify(request)
          .catch((error) => error);
        expect(answer === null || answer.problem.status < 500).toBe(true);
      }),
    );
  });
});

describe("whose it is", () => {
  it("is nobody's that is not registered, and an origin that is not registered is never asked", async () => {
    const asked: string[] = [];
    const source: KeySource = async (origin) => ({ keys: [asked.push(origin) ? agent.jwk : agent.jwk] });
    const desk = identifier({ agents: [registered({ signatureAgent: "https://other.example" })], source });
    await expect(desk.identify(await agent.sign(HERE))).rejects.toMatchObject(told("signature-refused", "no agent is registered"));
    const inside = await testSigner("http://169.254.169.254", now);
    await expect(desk.identify(await inside.sign(HERE))).rejects.toMatchObject(told("signature-refused", "no agent is registered"));
    expect(asked).toEqual([]);
  });

  it("is nobody's with a key its origin does not publish", async () => {
    await expect(identifier().identify(await stranger.sign(HERE))).rejects.toMatchObject(told("signature-refused", "does not publish"));
    const lie = await stranger.sign(HERE, { parameters: { keyid: agent.keyid } });
    await expect(identifier().identify(lie)).rejects.toMatchObject(told("signature-refused", "does not match what arrived"));
  });

  it("is the agent's that registered the key, where several share an origin", async () => {
    const source: KeySource = async () => ({ keys: [agent.jwk, stranger.jwk] });
    const agents = [registered({ id: "first", keys: [agent.keyid] }), registered({ id: "second", keys: [stranger.keyid] })];
    const desk = identifier({ agents, source });
    expect(await desk.identify(await agent.sign(HERE))).toMatchObject({ agent: "first" });
    expect(await desk.identify(await stranger.sign(HERE))).toMatchObject({ agent: "second" });
    const unclear = identifier({ agents: [registered({ id: "first" }), registered({ id: "second" })] });
    await expect(unclear.identify(await agent.sign(HERE))).rejects.toMatchObject(told("signature-refused", "several agents"));
    const pinned = identifier({ agents: [registered({ keys: [agent.keyid] })], source });
    await expect(pinned.identify(await stranger.sign(HERE))).rejects.toMatchObject(told("signature-refused", "not registered for"));
  });

  it("counts for this forum only, with or without a port", async () => {
    const request = await agent.sign("https://evil.example/api/threads/t1/posts");
    await expect(identifier().identify(request)).rejects.toMatchObject(told("signature-refused", "`evil.example`"));
    await expect(identifier({ authorities: [] }).identify(await agent.sign(HERE))).rejects.toMatchObject(told("signature-refused"));
    const local = await agent.sign("http://localhost:8787/api/threads");
    expect(await identifier({ authorities: ["localhost"] }).identify(local)).toMatchObject({ agent: "helper" });
    const otherPort = identifier({ authorities: ["localhost:80"] });
    await expect(otherPort.identify(await agent.sign("http://localhost:8787/"))).rejects.toMatchObject(told("signature-refused"));
  });
});

describe("a nonce", () => {
  it("counts once, also for the same request sent again", async () => {
    const desk = identifier();
    const request = await agent.sign(HERE);
    await desk.identify(request.clone());
    await expect(desk.identify(request)).rejects.toMatchObject(told("signature-replayed"));
    const reused = { parameters: { nonce: "n-1" } };
    await desk.identify(await agent.sign(HERE, reused));
    await expect(desk.identify(await agent.sign(HERE, reused))).rejects.toMatchObject(told("signature-replayed"));
  });

  it("is not used up by a request that does not hold", async () => {
    const desk = identifier();
    const request = await agent.sign(HERE);
    await expect(desk.identify(await tampered(request, { method: "PUT" }))).rejects.toMatchObject(told("signature-refused"));
    expect(await desk.identify(request)).toMatchObject({ agent: "helper" });
  });

  it("is not believed when the store does not answer", async () => {
    const nonces: Nonces = { use: () => Promise.reject(new Error("disk full")) };
    await expect(identifier({ nonces }).identify(await agent.sign(HERE))).rejects.toMatchObject(told("store-unavailable"));
  });
});

describe("an identity", () => {
  it("is known again by the gate that gave it, and no copy of it is", async () => {
    const desk = identifier();
    const identity = await desk.identify(await agent.sign(HERE));
    if (!identity) throw new Error("nobody signed");
    expect(desk.agentOf(identity)).toBe("helper");
    expect(() => desk.agentOf({ ...identity })).toThrow("the very object");
    expect(() => identifier().agentOf(identity)).toThrow("the very object");
  });
});
