/**
 * Secrets that let somebody in. The store keeps their hashes: whoever reads it, or a copy of it, cannot use them.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 random bits, as text for a cookie or an address. */
export const secret = (): string => randomBytes(32).toString("base64url");

/** What is kept of a secret. It is random, so a plain hash cannot be guessed backwards. */
export const hashed = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** Whether two texts are the same, in a time that does not tell how far they are. */
export const same = (one: string, other: string): boolean => timingSafeEqual(Buffer.from(hashed(one)), Buffer.from(hashed(other)));

/** The bearer token of an `Authorization` header. */
export const bearer = (request: Request): string | undefined => /^Bearer (\S+)$/iu.exec(request.headers.get("authorization") ?? "")?.[1];

/** Shorter tokens could be guessed. */
const SHORTEST_TOKEN = 16;

/**
 * A token an operator chose.
 *
 * @throws Error when it is too short
 */
export function strong(token: string | undefined, option: string): string | undefined {
  if (token !== undefined && token.length < SHORTEST_TOKEN)
    throw new Error(`${option}: the token has ${token.length} characters: make one of at least ${SHORTEST_TOKEN} at random`);
  return token;
}
