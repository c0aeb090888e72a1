/**
 * Remembers what origins published, so that a post need not wait for another machine, a directory that is down for a moment stops
 * nobody, and a flood of made-up key ids asks nobody.
 */
import { type Verifier, webcrypto } from "http-message-sig";
import { calculateJwkThumbprint, importJWK, type JWK } from "jose";
import { ProblemError } from "../api/problems.js";
import type { KeySource, PublishedKey } from "./directory.js";

const SECOND_MS = 1_000;

/** Milliseconds an answer is kept at least, whatever the origin says, and how soon an unknown key id may cause another look. */
const LEAST_MS = 60 * SECOND_MS;

/** Milliseconds it is kept when the origin says nothing. */
const USUAL_MS = 3_600 * SECOND_MS;

/** Milliseconds it is kept at most: a key taken away stops counting after this, however long the directory cannot be reached. */
const MOST_MS = 24 * 3_600 * SECOND_MS;

/** Milliseconds after a failure before an origin is asked again. */
const PAUSE_MS = 10 * SECOND_MS;

/** The test key of RFC 9421, Appendix B.1.4: its private half is public. */
const KNOWN_TEST_KEY = "poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U";

type Remembered = { keys: Map<string, PublishedKey>; askedAt: number; freshUntil: number };

const at = (time: unknown) => (typeof time === "number" ? time * SECOND_MS : undefined);

/** The thumbprint of a key that may sign; undefined for any other entry of a directory. */
async function usable(key: PublishedKey): Promise<string | undefined> {
  if (key.kty !== "OKP" || key.crv !== "Ed25519" || typeof key.x !== "string" || key.d !== undefined) return undefined;
  if (key.use !== undefined && key.use !== "sig") return undefined;
  const thumbprint = await calculateJwkThumbprint({ kty: key.kty, crv: key.crv, x: key.x });
  const known = thumbprint === KNOWN_TEST_KEY || (key.kid !== undefined && key.kid !== thumbprint);
  return known ? undefined : thumbprint;
}

async function byThumbprint(keys: readonly PublishedKey[]): Promise<Map<string, PublishedKey>> {
  const entries = await Promise.all(keys.map(async (key) => [await usable(key), key] as const));
  return new Map(entries.flatMap(([thumbprint, key]) => (thumbprint === undefined ? [] : [[thumbprint, key] as const])));
}

async function verifierOf({ kty, crv, x }: PublishedKey): Promise<Verifier | undefined> {
  try {
    const key = await importJWK({ kty, crv, x } as JWK, "Ed25519");
    return key instanceof Uint8Array ? undefined : webcrypto.verifier(key);
  } catch {
    return undefined;
  }
}

/** The keys of registered origins. */
export class Keys {
  #source: KeySource;
  #now: () => Date;
  #known = new Map<string, Remembered>();
  #asking = new Map<string, Promise<Remembered>>();
  #failedAt = new Map<string, number>();

  constructor(source: KeySource, now: () => Date) {
    this.#source = source;
    this.#now = now;
  }

  /**
   * The key of `origin` with this thumbprint.
   *
   * @returns undefined when the origin does not publish it, or its time has not come or is over
   * @throws ProblemError `keys-unavailable` when nothing recent is known of the origin
   */
  async find(origin: string, keyid: string): Promise<Verifier | undefined> {
    let remembered = await this.#recent(origin);
    const again = this.#now().getTime() - remembered.askedAt >= LEAST_MS;
    if (!remembered.keys.has(keyid) && again) remembered = await this.#ask(origin).catch(() => remembered);
    const key = remembered.keys.get(keyid);
    if (key === undefined) return undefined;
    const now = this.#now().getTime();
    const early = now < (at(key.nbf) ?? now);
    const late = now >= (at(key.exp) ?? Number.POSITIVE_INFINITY);
    return early || late ? undefined : verifierOf(key);
  }

  /** What is remembered while it is fresh, what the origin says now, or, with the origin down, what it said last. */
  async #recent(origin: string): Promise<Remembered> {
    const [now, known] = [this.#now().getTime(), this.#known.get(origin)];
    if (known && now < known.freshUntil) return known;
    try {
      return await this.#ask(origin);
    } catch (error) {
      if (known && now - known.askedAt < MOST_MS) return known;
      throw error;
    }
  }

  /** Asks the origin: one question at a time, and after a failure not again at once. */
  #ask(origin: string): Promise<Remembered> {
    const asking = this.#asking.get(origin);
    if (asking) return asking;
    const answer = this.#fetch(origin).finally(() => this.#asking.delete(origin));
    this.#asking.set(origin, answer);
    return answer;
  }

  async #fetch(origin: string): Promise<Remembered> {
    const now = this.#now().getTime();
    if (now - (this.#failedAt.get(origin) ?? Number.NEGATIVE_INFINITY) < PAUSE_MS) throw unavailable(origin, "it failed a moment ago");
    try {
      const { keys, maxAge } = await this.#source(origin);
      const fresh = Math.min(Math.max(maxAge === undefined ? USUAL_MS : maxAge * SECOND_MS, LEAST_MS), MOST_MS);
      const remembered = { keys: await byThumbprint(keys), askedAt: now, freshUntil: now + fresh };
      this.#known.set(origin, remembered);
      this.#failedAt.delete(origin);
      return remembered;
    } catch (error) {
      this.#failedAt.set(origin, now);
      throw unavailable(origin, error instanceof Error ? error.message : "it does not answer");
    }
  }
}

function unavailable(origin: string, why: string): ProblemError {
  return new ProblemError("keys-unavailable", `the keys of \`${origin}\` cannot be fetched: ${why}`);
}
