import { chmodSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { decodeProtectedHeader, exportJWK, generateKeyPair } from "jose";
import { describe, expect, it } from "vitest";
import { agentPost, BAD, folder, testGate } from "../testing/gate.js";

const DAY_MS = 86_400_000;
const request = { by: "dana", agent: "helper", thread: "t1" };
const notes = (outcome: { notes: string[] }) => outcome.notes.join("\n");

describe("a grant", () => {
  it("makes one post a requested one", async () => {
    const { gate } = await testGate();
    const { token, grant } = await gate.grants.issue(request);
    expect(await gate.submit(agentPost("first"), { grant: token })).toMatchObject({
      action: "label",
      verdict: { request: { via: "grant", by: "dana" } },
    });
    const second = await gate.submit(agentPost("second"), { grant: token });
    expect(second.action).toBe("block");
    expect(notes(second)).toContain("it is used up");
    expect((await gate.audit.list()).filter((entry) => entry.action === "grant-used").map((entry) => entry.detail)).toEqual([
      { grant: grant.id },
    ]);
  });

  it("publishes exactly one of a hundred posts at once", async () => {
    const { gate } = await testGate();
    const { token } = await gate.grants.issue(request);
    const posts = Array.from({ length: 100 }, (_, index) => gate.submit(agentPost(`post ${index}`), { grant: token }));
    const actions = (await Promise.all(posts)).map((outcome) => outcome.action);
    expect(actions.filter((action) => action === "label")).toHaveLength(1);
    expect(actions.filter((action) => action === "block" || action === "hold")).toHaveLength(99);
  });

  it("does not override a finding, and a held post uses it up", async () => {
    const { gate } = await testGate();
    const { token } = await gate.grants.issue(request);
    expect((await gate.submit(agentPost(BAD), { grant: token })).action).toBe("hold");
    expect((await gate.submit(agentPost("clean"), { grant: token })).action).toBe("block");
  });

  it.each([
    ["another agent's", { ...request, agent: "other" }, "another agent"],
    ["another thread's", { ...request, thread: "t2" }, "another thread"],
    ["for another human", { ...request, onBehalfOf: "dana" }, "someone else"],
    ["for another text", { ...request, contentHash: "sha256-0" }, "another text"],
  ])("%s does not count", async (_name, asked, why) => {
    const { gate } = await testGate();
    const { token } = await gate.grants.issue(asked);
    const outcome = await gate.submit(agentPost("x"), { grant: token });
    expect(outcome.action).toBe("block");
    expect(notes(outcome)).toContain(why);
  });

  it("ends when it expires or is revoked, and tolerates a minute of clock skew", async () => {
    let clock = Date.parse("2026-05-05T09:00:00Z");
    const { gate } = await testGate({ now: () => new Date(clock) });
    const late = await gate.grants.issue({ ...request, expiresInMs: 10_000 });
    clock += 60_000;
    expect((await gate.submit(agentPost("in time"), { grant: late.token })).action).toBe("label");
    const expired = await gate.grants.issue({ ...request, expiresInMs: 10_000 });
    clock += 80_000;
    expect(notes(await gate.submit(agentPost("late"), { grant: expired.token }))).toContain("expired");
    const revoked = await gate.grants.issue(request);
    await gate.grants.revoke(revoked.grant.id, "dana");
    expect(notes(await gate.submit(agentPost("revoked"), { grant: revoked.token }))).toContain("revoked");
  });

  it("counts only with this gate's signature", async () => {
    const [here, elsewhere] = [await testGate(), await testGate()];
    const foreign = await elsewhere.gate.grants.issue(request);
    const own = await here.gate.grants.issue(request);
    const forged = own.token.replace(/\.[^.]+$/, `.${foreign.token.split(".")[2]}`);
    for (const grant of [foreign.token, forged, "nonsense", ""]) {
      const outcome = await here.gate.submit(agentPost(`with ${grant.length}`), { grant });
      expect(outcome.action).toBe("block");
      expect(notes(outcome)).toContain("not signed by this gate");
    }
  });

  it("is not taken from the submission itself, nor is a receipt", async () => {
    const { gate } = await testGate();
    const { grant } = await gate.grants.issue(request);
    expect((await gate.submit({ ...agentPost("x"), grants: [grant] } as never)).action).toBe("block");
    const { postId, contentHash } = await gate.submit(agentPost(BAD, true));
    const after = await gate.review.decide("approve", postId, { id: "mira", name: "Mira", role: "lead" }, { contentHash, version: 1 });
    expect((await gate.submit(agentPost("y"), { grant: after.receipt ?? "" })).action).toBe("block");
  });

  it("is not an agent's to give, nor forever", async () => {
    const { gate } = await testGate();
    await expect(gate.grants.issue({ ...request, by: "helper" })).rejects.toMatchObject({ problem: { status: 403 } });
    await expect(gate.grants.issue({ ...request, expiresInMs: 31 * DAY_MS })).rejects.toMatchObject({ problem: { status: 400 } });
  });
});

describe("the signing key", () => {
  it("is only this user's, and the gate refuses one that is not", async () => {
    const { gate, store } = await testGate();
    const key = join(dirname(store), "gate-key.jwk");
    expect(statSync(key).mode & 0o777).toBe(0o600);
    await gate.close();
    chmodSync(key, 0o644);
    await expect(testGate({ store })).rejects.toThrow("chmod 600");
  });

  it("changes without taking back what the former one signed, again and again, and over a restart", async () => {
    const first = await testGate();
    const { gate, store } = first;
    const tokens = [(await gate.grants.issue(request)).token];
    for (const by of ["ada", "ada"]) {
      const kid = await gate.grants.rotateKey(by);
      const { token } = await gate.grants.issue(request);
      expect(decodeProtectedHeader(token).kid).toBe(kid);
      tokens.push(token);
    }
    expect(new Set(tokens.map((token) => decodeProtectedHeader(token).kid)).size).toBe(3);
    expect((await gate.submit(agentPost("by the oldest"), { grant: tokens[0] ?? "" })).action).toBe("label");
    await gate.close();
    const second = await testGate({ store });
    expect((await second.gate.submit(agentPost("by the second"), { grant: tokens[1] ?? "" })).action).toBe("label");
    expect((await second.gate.submit(agentPost("by the present"), { grant: tokens[2] ?? "" })).action).toBe("label");
    expect((await second.gate.audit.list()).filter(({ action }) => action === "key-rotated")).toHaveLength(2);
    const kept = readdirSync(dirname(store)).filter((name) => name.startsWith("gate-key-"));
    expect(kept).toHaveLength(2);
    for (const name of kept) {
      expect(statSync(join(dirname(store), name)).mode & 0o777).toBe(0o600);
      expect(JSON.parse(readFileSync(join(dirname(store), name), "utf8"))).not.toHaveProperty("d");
    }
  });

  it("that the host brings is the host's to change", async () => {
    const fresh = async () => exportJWK((await generateKeyPair("Ed25519", { extractable: true })).privateKey);
    const [old, next] = [await fresh(), await fresh()];
    const first = await testGate({ signingKey: old });
    const { token } = await first.gate.grants.issue(request);
    await expect(first.gate.grants.rotateKey("ada")).rejects.toThrow("`formerKeys`");
    await first.gate.close();
    const second = await testGate({ store: first.store, signingKey: next, formerKeys: [old] });
    expect((await second.gate.submit(agentPost("before"), { grant: token })).action).toBe("label");
    const stranger = await testGate({ signingKey: next });
    expect(notes(await stranger.gate.submit(agentPost("x"), { grant: token }))).toContain("not signed by this gate");
  });

  it("outlives a restart", async () => {
    const store = join(folder(), "gate.db");
    const first = await testGate({ store });
    const { token } = await first.gate.grants.issue(request);
    await first.gate.close();
    const second = await testGate({ store });
    expect((await second.gate.submit(agentPost("after"), { grant: token })).action).toBe("label");
  });
});
