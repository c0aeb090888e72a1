/**
 * Receipts verified by whoever has one and the gate's public keys: without the gate, and without its store.
 */
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { z } from "zod";
import type { AuditEntry } from "../api/schema.js";
import { ALGORITHM } from "../grants/keys.js";
import { audience } from "../grants/signer.js";
import { Chain, rowOf } from "./walk.js";

/** What a receipt says: who (`by`) made a post (`sub`) with this content what (`state`), and when (RFC 3339). */
const Receipt = z.object({
  jti: z.string(),
  sub: z.string(),
  contentHash: z.string(),
  by: z.string(),
  at: z.string(),
  state: z.string(),
  iss: z.string(),
});
/** What a receipt says. */
export type Receipt = z.infer<typeof Receipt>;

/** A receipt that holds, or why it does not. */
export type Verified = { ok: true; receipt: Receipt } | { ok: false; reason: string };

/** Verifies a receipt's signature. */
export async function verifyReceipt(token: string, keys: JSONWebKeySet): Promise<Verified> {
  try {
    const expected = { audience: audience("receipt"), algorithms: [ALGORITHM] };
    const { payload } = await jwtVerify(token.trim(), createLocalJWKSet(keys), expected);
    return { ok: true, receipt: Receipt.parse(payload) };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ERR_JWKS_NO_MATCHING_KEY")
      return { ok: false, reason: "none of these keys signed it: get the keys of the gate it comes from" };
    return { ok: false, reason: "it is no receipt, or was changed after it was signed" };
  }
}

/** Whether a receipt is for this content. */
export function isFor(receipt: Receipt, contentHash: string): boolean {
  return receipt.contentHash === contentHash;
}

/** What looking a receipt up in an exported log gives, entry by entry: the log need not fit into memory. */
export class Lookup {
  #receipt: Receipt;
  #chain: Chain | undefined;
  #found = false;
  #fault: string | undefined;

  constructor(receipt: Receipt) {
    this.#receipt = receipt;
  }

  /** Takes the next entry of the log. */
  take(entry: AuditEntry): void {
    const row = rowOf(entry);
    this.#chain ??= new Chain([], row);
    const broken = this.#chain.take(row);
    if (broken?.ok === false) this.#fault ??= `the log itself does not hold: ${broken.reason}`;
    const { jti, sub, by } = this.#receipt;
    if (entry.detail.voids === jti) this.#fault ??= `void: \`${entry.actor}\` took the decision back at ${entry.at} (entry ${entry.seq})`;
    if (entry.postId === sub && entry.actor === by && `${sub}:${entry.detail.version}` === jti) this.#found = true;
  }

  /** Why the receipt does not count by this log; undefined when it does. */
  end(): string | undefined {
    return this.#fault ?? (this.#found ? undefined : "this log has no such decision: export it from its beginning, after the decision");
  }
}
