/**
 * Tells which registered agent sent a request: Web Bot Auth, with everything covered that a post's meaning hangs on.
 *
 * Stricter than the draft, which lets one signature serve for any request to a host: here it binds one method, path, query and body,
 * counts for minutes and once. What comes out is known by this module alone; nothing that merely looks like it is believed.
 */
import type { Agent } from "countersign";
import type { SignatureComponent } from "http-message-sig";
import { ProblemError } from "../api/problems.js";
import type { Logger } from "../log.js";
import { type Claim, claimOf } from "./claim.js";
import { checkDigest } from "./digest.js";
import type { Keys } from "./keys.js";
import { type Nonces, useNonce } from "./nonces.js";
import { agentOf } from "./registry.js";
import { verify } from "./verify.js";

/** Who signed a request. Only the very object that `gate.identify` returned counts for `gate.submit`. */
export type Identity = {
  /** The agent's id in the policy's registry. */
  readonly agent: string;
  /** The JWK thumbprint of the key that signed. */
  readonly keyid: string;
  /** The origin that publishes the key. */
  readonly signatureAgent: string;
};

/** Seconds a client's clock may differ from the gate's. */
export const SKEW_SECONDS = 60;

/** Seconds after `created` for which a signature counts, however late `expires` is. */
export const LONGEST_SECONDS = 300;

/** The most of a body that is read, in bytes: one larger than any post. */
export const LARGEST_BODY = 4 * 1_048_576;

/** What identifying needs. */
export type Desk = {
  /** The hosts this forum answers to, such as `forum.example`; one without a port stands for every port. */
  authorities: readonly string[];
  agents(): readonly Agent[];
  keys: Keys;
  nonces: Nonces;
  now(): Date;
  log: Logger;
};

const PARAMETERS = ["created", "expires", "keyid", "nonce", "tag"];

/** A request signed for another site must not count here, whatever host name it is sent on with. */
function checkAuthority(authorities: readonly string[], { host, hostname }: URL): void {
  if (!authorities.some((known) => [host, hostname].includes(known.toLowerCase())))
    throw new ProblemError("signature-refused", `this forum does not answer to \`${host}\`: sign for the address people use`);
}

async function bodyOf(request: Request): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.clone().body ?? []) {
    size += part.byteLength;
    if (size > LARGEST_BODY) throw new ProblemError("too-large", "a signed request may have 4 MiB: shorten it");
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** What a signature has to cover: all of the request that says what is asked for. */
function demanded(request: Request, url: URL, body: Uint8Array, { member }: Claim): SignatureComponent[] {
  const bare = ["GET", "HEAD"].includes(request.method) && body.length === 0;
  const agent = { name: "signature-agent", parameters: member === undefined ? {} : { key: member } };
  return ["@method", "@authority", "@path", ...(url.search === "" ? [] : ["@query"]), ...(bare ? [] : ["content-digest"]), agent];
}

async function identify(desk: Desk, request: Request, claim: Claim): Promise<Identity> {
  const { label, covered, keyid, nonce, origin, created, expires } = claim;
  const agent = agentOf(desk.agents(), claim);
  const url = new URL(request.url);
  checkAuthority(desk.authorities, url);
  const body = await bodyOf(request);
  const components = demanded(request, url, body, claim);
  if (components.includes("content-digest")) checkDigest(request.headers.get("content-digest"), body);
  const now = Math.floor(desk.now().getTime() / 1000);
  const demands = { label, covered, components, parameters: PARAMETERS, now, skew: SKEW_SECONDS, maxAge: LONGEST_SECONDS };
  await verify(request, demands, async () => {
    const key = await desk.keys.find(origin, keyid);
    if (key) return key;
    throw new ProblemError(
      "signature-refused",
      `\`${origin}\` does not publish the key \`${keyid}\`: publish it, or sign with one it does`,
    );
  });
  const until = new Date((Math.min(expires, created + LONGEST_SECONDS) + SKEW_SECONDS + 1) * 1000);
  await useNonce(desk.nonces, { keyid, nonce, until });
  return Object.freeze({ agent: agent.id, keyid, signatureAgent: origin });
}

/** Identifies requests, and knows its own answers again. */
export class Identifier {
  #desk: Desk;
  #given = new WeakSet<Identity>();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /**
   * Who signed `request`; null when nobody did. Reads a copy of the body, so call it before the body is used.
   *
   * @throws ProblemError when it is signed and the signature does not hold: the host must not go on as if it were unsigned
   */
  async identify(request: Request): Promise<Identity | null> {
    try {
      const claim = claimOf(request.headers);
      if (claim === null) return null;
      const identity = await identify(this.#desk, request, claim);
      this.#given.add(identity);
      return identity;
    } catch (error) {
      if (error instanceof ProblemError) this.#desk.log.log("warn", "identity/refused", { type: error.problem.type });
      throw error;
    }
  }

  /**
   * The id of the agent whose identity this is.
   *
   * @throws ProblemError `malformed-submission` when it was not given out here
   */
  agentOf(identity: Identity): string {
    if (this.#given.has(identity)) return identity.agent;
    throw new ProblemError("malformed-submission", "`identity`: hand in the very object that `gate.identify` returned for this request");
  }
}
