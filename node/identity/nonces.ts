/**
 * Remembers the nonces of verified requests until their signatures have expired, so that a request that was overheard cannot be
 * sent again (RFC 9421, section 7.2.2), not even after a restart.
 */
import { createHash } from "node:crypto";
import { ProblemError } from "../api/problems.js";
import type { Context } from "../context.js";

/** A nonce that was seen. */
export type Nonce = {
  /** The thumbprint of the key that signed: nonces of different keys do not meet. */
  keyid: string;
  nonce: string;
  /** When its signature has expired for good. */
  until: Date;
};

/** Where used nonces are kept. */
export type Nonces = {
  /** Uses a nonce up: `fresh` the first time, `used` ever after, `full` when its key has used too many in this time. */
  use(nonce: Nonce): Promise<"fresh" | "used" | "full">;
};

/** The most nonces one key may have in use: the table stays small whatever an agent does. */
export const MOST_NONCES = 10_000;

const nameOf = ({ keyid, nonce }: Nonce) => createHash("sha256").update(`${keyid}\0${nonce}`).digest("base64url");

/** Nonces in the gate's own store. */
export function storedNonces({ db, now }: Pick<Context, "db" | "now">, most = MOST_NONCES): Nonces {
  const count = async (keyid: string) => {
    const row = await db
      .selectFrom("nonces")
      .select((select) => select.fn.countAll<number>().as("count"))
      .where("keyid", "=", keyid)
      .executeTakeFirst();
    return Number(row?.count ?? 0);
  };
  return {
    async use(nonce) {
      const { keyid, until } = nonce;
      await db.deleteFrom("nonces").where("until", "<", now().toISOString()).execute();
      if ((await count(keyid)) >= most) return "full";
      const row = { id: nameOf(nonce), keyid, until: until.toISOString() };
      const done = await db
        .insertInto("nonces")
        .values(row)
        .onConflict((conflict) => conflict.column("id").doNothing())
        .executeTakeFirst();
      return (done.numInsertedOrUpdatedRows ?? 0n) > 0n ? "fresh" : "used";
    },
  };
}

/**
 * Uses a nonce up, or refuses.
 *
 * @throws ProblemError `signature-replayed`, or `store-unavailable` when it cannot be told: then it is refused as well
 */
export async function useNonce(nonces: Nonces, nonce: Nonce): Promise<void> {
  const answer = await nonces.use(nonce).catch(() => {
    throw new ProblemError("store-unavailable", "the store does not answer, so nobody can tell whether this request was sent before");
  });
  if (answer === "used") throw new ProblemError("signature-replayed", "its `nonce` was used before: sign each request with a new one");
  if (answer === "full")
    throw new ProblemError("signature-replayed", "this key signs more requests than can be remembered: wait some minutes");
}
