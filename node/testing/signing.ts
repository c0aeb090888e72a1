/**
 * An agent that signs its requests, for tests: its own key, its own directory, and every way to do it wrong.
 */
import { createHash, randomUUID } from "node:crypto";
import { createSignature, type SignatureComponent, webcrypto } from "http-message-sig";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";

/** How a request is signed; every part can be replaced or, with undefined, left out. */
export type Signing = {
  method?: string;
  body?: string;
  /** The value of `Signature-Agent`. */
  agent?: string;
  components?: SignatureComponent[];
  parameters?: Record<string, string | number | undefined>;
  /** Replaces the digest of the body. */
  digest?: string;
};

/** An agent with a key. */
export type TestSigner = {
  jwk: JWK;
  keyid: string;
  /** A signed request to `url`, made at `now`. */
  sign(url: string, signing?: Signing): Promise<Request>;
};

/** `sha-256=:…:` of a body (RFC 9530). */
export const digestOf = (body: string): string => `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;

/** What a signature has to cover. */
export const COVERED: SignatureComponent[] = [
  "@method",
  "@authority",
  "@path",
  "content-digest",
  { name: "signature-agent", parameters: { key: "sig1" } },
];

/**
 * Makes an agent.
 *
 * @param origin where its keys are said to be
 */
export async function testSigner(origin: string, now: () => Date = () => new Date()): Promise<TestSigner> {
  const { publicKey, privateKey } = await generateKeyPair("Ed25519", { extractable: true });
  const jwk = await exportJWK(publicKey);
  const keyid = await calculateJwkThumbprint(jwk);
  const sign = async (url: string, signing: Signing = {}) => {
    const { method = "POST", body = '{"body":"Restart it."}', agent = `sig1="${origin}"`, components = COVERED } = signing;
    const headers = new Headers({ "content-type": "application/json", "signature-agent": agent });
    headers.set("content-digest", signing.digest ?? digestOf(body));
    const bare = ["GET", "HEAD"].includes(method);
    const request = new Request(url, { method, headers, ...(bare ? {} : { body }) });
    const created = Math.floor(now().getTime() / 1000);
    const parameters = { created, expires: created + 60, keyid, nonce: randomUUID(), tag: "web-bot-auth", ...signing.parameters };
    const given = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));
    const fields = await createSignature(request, { components, parameters: given, signer: webcrypto.signer(privateKey) });
    headers.set("signature", fields.signature);
    headers.set("signature-input", fields.signatureInput);
    return new Request(url, { method, headers, ...(bare ? {} : { body }) });
  };
  return { jwk, keyid, sign };
}

/** The same request with something changed after it was signed. */
export async function tampered(
  request: Request,
  change: { url?: string; method?: string; body?: string; headers?: Record<string, string> },
) {
  const headers = new Headers(request.headers);
  for (const [name, value] of Object.entries(change.headers ?? {})) headers.set(name, value);
  const method = change.method ?? request.method;
  const body = change.body ?? (await request.clone().text());
  return new Request(change.url ?? request.url, { method, headers, ...(["GET", "HEAD"].includes(method) ? {} : { body }) });
}
