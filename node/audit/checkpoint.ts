/**
 * Anchors for the log. A chain shows what was changed in its middle; whoever owns the database can still cut its end off, or write
 * all of it anew. A checkpoint is the gate's signature over the last entry, to be kept elsewhere: with it both show.
 */
import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from "jose";
import { z } from "zod";
import type { Context } from "../context.js";
import { ALGORITHM } from "../grants/keys.js";
import { audience } from "../grants/signer.js";

/** The entry `seq` was the last, with this hash, when it was signed (`at`, RFC 3339). */
const Checkpoint = z.object({ seq: z.number().int().positive(), hash: z.string().regex(/^[0-9a-f]{64}$/), at: z.string() });
/** What a checkpoint says. */
export type Checkpoint = z.infer<typeof Checkpoint>;

/** Signs the last entry: a compact JWS, or null while the log is empty. */
export async function checkpoint({ db, signer, now }: Pick<Context, "db" | "signer" | "now">): Promise<string | null> {
  const last = await db.selectFrom("audit").select(["seq", "hash"]).orderBy("seq", "desc").limit(1).executeTakeFirst();
  return last === undefined ? null : signer.sign("checkpoint", { ...last, at: now().toISOString() });
}

/**
 * Reads checkpoints, one a line, without the gate.
 *
 * @param keys the gate's public keys, as its `.well-known/jwks.json` had them
 * @throws Error naming the line that does not hold
 */
export async function readCheckpoints(text: string, keys: JSONWebKeySet): Promise<Checkpoint[]> {
  const known = createLocalJWKSet(keys);
  const lines = text.split("\n").map((line) => line.trim());
  const read: Checkpoint[] = [];
  for (const [index, line] of lines.entries()) {
    if (line === "") continue;
    try {
      const { payload } = await jwtVerify(line, known, { audience: audience("checkpoint"), algorithms: [ALGORITHM] });
      read.push(Checkpoint.parse(payload));
    } catch (error) {
      const why = error instanceof errors.JWKSNoMatchingKey ? "none of these keys signed it" : "its signature does not hold";
      throw new Error(`line ${index + 1} is no checkpoint of this gate: ${why}`, { cause: error });
    }
  }
  return read;
}
