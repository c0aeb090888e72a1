/**
 * Whether a body is the one its `Content-Digest` names (RFC 9530): a signature covers the digest, never the body itself.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { isInnerList, parseDictionary } from "structured-headers";
import { ProblemError } from "../api/problems.js";

/** The registered algorithms that are not weak, by their names there and in Node. */
const ALGORITHMS: Record<string, string> = { "sha-256": "sha256", "sha-512": "sha512" };

function members(header: string): ReturnType<typeof parseDictionary> {
  try {
    return parseDictionary(header);
  } catch {
    throw new ProblemError("signature-malformed", "`Content-Digest` is no structured field: write it like `sha-256=:…:`");
  }
}

function matches(algorithm: string, value: unknown, body: Uint8Array): boolean {
  const digest = createHash(algorithm).update(body).digest();
  const given = value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array();
  return given.length === digest.length && timingSafeEqual(given, digest);
}

/**
 * Checks a body.
 *
 * @param header the value of `Content-Digest`; every digest in it that is known has to match, and one has to be known
 * @throws ProblemError `signature-malformed` or `signature-refused`
 */
export function checkDigest(header: string | null, body: Uint8Array): void {
  if (header === null) throw new ProblemError("signature-refused", "`Content-Digest` is missing: send it, and cover it with the signature");
  const known = [...members(header)].filter(([name]) => Object.hasOwn(ALGORITHMS, name));
  if (known.length === 0)
    throw new ProblemError("signature-refused", "`Content-Digest` has no digest to check: send `sha-256` or `sha-512`");
  for (const [name, member] of known)
    if (isInnerList(member) || !matches(ALGORITHMS[name] ?? "", member[0], body))
      throw new ProblemError("signature-refused", `the body is not the one whose \`${name}\` digest was sent`);
}
