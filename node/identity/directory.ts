/**
 * Fetches the keys an agent publishes: a JWK Set at a well-known address of its origin.
 *
 * Only origins the policy registers ever get here. They may be on the inside network, which is why the registry, and nothing in a
 * request, decides what is fetched; redirects are refused because they would let the agent decide after all.
 */
import type { JWK } from "jose";

/** A published key: with `nbf` and `exp`, seconds since 1970, it counts only between them. */
export type PublishedKey = JWK & { nbf?: number; exp?: number };

/** What an origin published. */
export type Published = {
  keys: PublishedKey[];
  /** For how many seconds it may be kept, as the origin says. */
  maxAge?: number;
};

/**
 * Where keys come from: given a registered origin, answers what it publishes, or throws an Error whose message completes "the keys
 * of … cannot be fetched: …". The gate remembers answers, so a source need not.
 */
export type KeySource = (origin: string) => Promise<Published>;

/** Where an origin publishes its keys. */
export const WELL_KNOWN = "/.well-known/http-message-signatures-directory";

/** The media type of what is there. */
export const MEDIA_TYPE = "application/http-message-signatures-directory+json";

/** The most that is read, in bytes. */
export const LARGEST_DIRECTORY = 65_536;

/** The most keys one origin may publish. */
export const MOST_KEYS = 32;

/** Milliseconds the whole answer may take. */
const PATIENCE_MS = 3_000;

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

function addressOf(origin: string): URL {
  const url = new URL(WELL_KNOWN, origin);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && LOOPBACK.includes(url.hostname)))
    throw new Error("only https is asked, or http on this machine");
  return url;
}

async function readBounded(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > LARGEST_DIRECTORY) throw new Error("its directory is larger than 64 KiB");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function keysIn(text: string): PublishedKey[] {
  let set: unknown;
  try {
    set = JSON.parse(text);
  } catch {
    throw new Error("its directory is no JSON");
  }
  const keys = typeof set === "object" && set !== null && "keys" in set ? set.keys : undefined;
  if (!Array.isArray(keys)) throw new Error("its directory is no JWK Set: it has no `keys`");
  if (keys.length > MOST_KEYS) throw new Error(`its directory has more than ${MOST_KEYS} keys`);
  return keys.filter((key): key is PublishedKey => typeof key === "object" && key !== null);
}

function maxAgeOf(response: Response): number | undefined {
  const control = response.headers.get("cache-control") ?? "";
  if (/\bno-(?:store|cache)\b/iu.test(control)) return 0;
  const seconds = /\bmax-age=(\d{1,9})\b/iu.exec(control)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}

/** What failed, in words that do not tell a stranger about the network. */
function explain(error: unknown, patienceMs: number): Error {
  if (!(error instanceof Error)) return new Error("it does not answer");
  if (error.name === "TimeoutError") return new Error(`it did not answer within ${patienceMs} ms`);
  return error instanceof TypeError ? new Error("it does not answer") : error;
}

/**
 * A source that asks the origin itself.
 *
 * @param patienceMs milliseconds the whole answer may take
 */
export function overHttp(patienceMs = PATIENCE_MS): KeySource {
  return async (origin) => {
    try {
      const signal = AbortSignal.timeout(patienceMs);
      const response = await fetch(addressOf(origin), { redirect: "manual", signal, headers: { accept: MEDIA_TYPE } });
      const type = response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
      if (response.status !== 200 || type !== MEDIA_TYPE) {
        await response.body?.cancel();
        throw new Error(response.status === 200 ? `its directory is not served as \`${MEDIA_TYPE}\`` : `it answers ${response.status}`);
      }
      const maxAge = maxAgeOf(response);
      return { keys: keysIn(await readBounded(response)), ...(maxAge === undefined ? {} : { maxAge }) };
    } catch (error) {
      throw explain(error, patienceMs);
    }
  };
}
