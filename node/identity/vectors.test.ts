/**
 * The vectors that RFC 9421 and the Web Bot Auth draft publish, and that nothing of them can be changed.
 */
import { webcrypto } from "http-message-sig";
import { importJWK } from "jose";
import { describe, expect, it } from "vitest";
import { claimOf } from "./claim.js";
import { type Demands, verify } from "./verify.js";

/** `test-key-ed25519` of RFC 9421, B.1.4, which both use. */
const KEY = { kty: "OKP", crv: "Ed25519", x: "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs" };
const keyOf = async () => {
  const key = await importJWK(KEY, "Ed25519");
  if (key instanceof Uint8Array) throw new Error("no key");
  return webcrypto.verifier(key);
};

type Vector = { name: string; method: string; url: string; headers: Record<string, string>; demands: Demands };
const any = { components: [], parameters: [], skew: 0 };

/** RFC 9421, appendix B.2.6: "Signing a Request Using ed25519", over the request of B.2. */
const RFC: Vector = {
  name: "RFC 9421 B.2.6",
  method: "POST",
  url: "https://example.com/foo?param=Value&Pet=dog",
  headers: {
    host: "example.com",
    date: "Tue, 20 Apr 2021 02:07:55 GMT",
    "content-type": "application/json",
    "content-length": "18",
    "signature-input":
      'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
    signature: "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:",
  },
  demands: { ...any, label: "sig-b26", now: 1618884500, covered: ["date", "content-type", "content-length"] },
};

/** draft-meunier-webbotauth-httpsig-protocol, test vectors, "EdDSA Using Curve edwards25519". */
const DRAFT: Vector = {
  name: "Web Bot Auth, dictionary",
  method: "GET",
  url: "https://example.com/path/to/resource",
  headers: {
    "signature-agent": 'agent2="https://signature-agent.test"',
    "signature-input":
      'sig2=("@authority" "signature-agent";key="agent2");created=1735689600;keyid="poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U";alg="ed25519";expires=4889289600;nonce="n9p433xm+NJ3ph3upfBIGmsuwHw387YV7Q/F+6BSpGCVjYCqQw6rznNA8PVVLySrAWsv0hQtFioQb6E1YsauiA==";tag="web-bot-auth"',
    signature: "sig2=:RdNFx5Bj6au3YgAMQL/RzmUlZE8QZLIaXGRpw985hWnwPfMxT228NMk6ehRS1PSl4e8PhbNZACSanGdhEwYCCg==:",
  },
  demands: { ...any, label: "sig2", now: 1735689700, covered: ["signature-agent"] },
};

/** The same, "Legacy Signature-Agent, sf-string": what agents sent before. */
const LEGACY: Vector = {
  ...DRAFT,
  name: "Web Bot Auth, string",
  headers: {
    "signature-agent": '"https://signature-agent.test"',
    "signature-input":
      'sig2=("@authority" "signature-agent");created=1735689600;keyid="poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U";alg="ed25519";expires=1735693200;nonce="e8N7S2MFd/qrd6T2R3tdfAuuANngKI7LFtKYI/vowzk4lAZYadIX6wW25MwG7DCT9RUKAJ0qVkU0mEeLElW1qg==";tag="web-bot-auth"',
    signature: "sig2=:jdq0SqOwHdyHr9+r5jw3iYZH6aNGKijYp/EstF4RQTQdi5N5YYKrD+mCT1HA1nZDsi6nJKuHxUi/5Syp3rLWBA==:",
  },
};

/** The same in RSASSA-PSS, "Legacy Signature-Agent, sf-string". */
const RSA: Vector = {
  ...LEGACY,
  name: "Web Bot Auth, RSA",
  headers: {
    "signature-agent": '"https://signature-agent.test"',
    "signature-input":
      'sig2=("@authority" "signature-agent");created=1735689600;keyid="oD0HwocPBSfpNy5W3bpJeyFGY_IQ_YpqxSjQ3Yd-CLA";alg="rsa-pss-sha512";expires=1735693200;nonce="XSHtZVCThSIAksXsH9WBs6AtxtXC0eQGiIcUGSoJstFs8lAWakjhrfwzLhyjtme5iXMZvmFWqDEs6cT3Jf+BbQ==";tag="web-bot-auth"',
    signature:
      "sig2=:I1QWNzGXdP1a4dSvOHLCVOOanEYHDk+ZsVxM9MLX/p4ko69ghKwR5EOtAD96g7g4GWP7lmpM/jFAf9q8EFRDTPLjUXySwMv4YPgabv2LQihTJG2y8a2m6IGltyruwQNiqSJVUuRaG9+b17CGmAMFZh30X6GXLdQJrCARpeTqPwp2DC+a8haDE/VE5EruqzjA5/2mKwvrkzkSqeW5tOVtFwWRRHIOidquf/8Je6kM9mhgkg4arudLA5SL4wyyYE1jURIgcOl8agrfdJ5Def23DIRtiOLRa8jT9cpTLFAuFHN+mrZA/LH9h0gSIg1cPb+0cMASee5uku1KjWcFer7jWA==:",
  },
};

const check = ({ method, url, headers, demands }: Vector) => verify({ method, url, headers: new Headers(headers) }, demands, keyOf);
const changed = (vector: Vector, header: string, from: string, to: string): Vector => {
  const value = vector.headers[header] ?? "";
  expect(value).toContain(from);
  return { ...vector, headers: { ...vector.headers, [header]: value.replace(from, to) } };
};

describe("the published vectors", () => {
  it.each([RFC, DRAFT, LEGACY])("$name holds", async (vector) => {
    await expect(check(vector)).resolves.toBeUndefined();
  });

  it.each<[string, Vector]>([
    ["another method", { ...RFC, method: "PUT" }],
    ["another path", { ...RFC, url: "https://example.com/bar" }],
    ["another host", { ...RFC, url: "https://example.org/foo" }],
    ["another field", changed(RFC, "date", "55", "56")],
    ["a later time", changed(RFC, "signature-input", "1618884473", "1618884474")],
    ["another key id", changed(RFC, "signature-input", "test-key-ed25519", "test-key-ed25518")],
    ["one field less", changed(RFC, "signature-input", ' "content-length"', "")],
    ["another order", changed(RFC, "signature-input", '"@method" "@path"', '"@path" "@method"')],
    ["another signature", changed(RFC, "signature", "wqcA", "wqcB")],
    ["another agent", changed(DRAFT, "signature-agent", "signature-agent.test", "evil.test")],
    ["another tag", changed(DRAFT, "signature-input", "web-bot-auth", "web-bot-auto")],
    ["a component named twice", changed(RFC, "signature-input", '"date"', '"date" "date"')],
    ["another algorithm's name", changed(LEGACY, "signature-input", 'alg="ed25519"', 'alg="hmac-sha256"')],
    ["another algorithm", RSA],
    ["a time that is over", { ...LEGACY, demands: { ...LEGACY.demands, now: 1735693201 } }],
    ["a time to come", { ...LEGACY, demands: { ...LEGACY.demands, now: 1735689599 } }],
  ])("do not hold with %s", async (_name, vector) => {
    await expect(check(vector)).rejects.toMatchObject({ problem: { type: expect.stringMatching(/:signature-(refused|malformed)$/) } });
  });

  it("say whose key it is, in both forms of the field", () => {
    const origin = "https://signature-agent.test";
    const keyid = "poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U";
    expect(claimOf(new Headers(DRAFT.headers))).toMatchObject({ label: "sig2", origin, keyid, member: "agent2", created: 1735689600 });
    expect(claimOf(new Headers(LEGACY.headers))).toMatchObject({ label: "sig2", origin, keyid, member: undefined });
    expect(claimOf(new Headers(RFC.headers))).toBeNull();
  });
});
