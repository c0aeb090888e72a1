/**
 * The gate's Ed25519 key: it signs grants, so that only this gate can allow a publication, and receipts, so that a decision can be
 * shown to be one. Compact JWS (RFC 7515) by jose. Each token names its key, so that keys can change while tokens are about.
 */
import {
  type CryptoKey,
  calculateJwkThumbprint,
  errors,
  importJWK,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from "jose";
import { StoreError } from "../store/store.js";
import { ALGORITHM, type Keys, keep, open, replace } from "./keys.js";

/** Seconds another machine's clock may differ when `nbf` and `exp` are checked. */
export const CLOCK_TOLERANCE_SECONDS = 60;

/** Signs and verifies in one gate's name. */
export type Signer = {
  /** A compact JWS over `claims`. */
  sign(purpose: Purpose, claims: JWTPayload): Promise<string>;
  /** The claims of a token of this gate and purpose, valid at `now`; rejects with a jose error otherwise. */
  verify(purpose: Purpose, token: string, now: Date): Promise<JWTPayload>;
  /** Signs with a new key from now on; answers its id. Rejects with a StoreError when the key is the host's to replace. */
  rotate(): Promise<string>;
  /** The public keys, the former ones among them (RFC 7517): who has them can verify without this gate. */
  keys(): JWK[];
};

/** What a signature is for; it becomes its audience, so that none passes for another. */
export type Purpose = "grant" | "receipt" | "checkpoint";

type Imported = CryptoKey | Uint8Array;
type Ring = { id: string; secret: Imported; open: Map<string, Imported>; published: JWK[] };

async function ringOf({ current, former }: Keys): Promise<Ring> {
  const shared = new Map<string, Imported>();
  const published: JWK[] = [];
  for (const key of [current, ...former]) {
    const [kid, { kty, crv, x }] = [await calculateJwkThumbprint(key), key];
    shared.set(kid, await importJWK(open(key), ALGORITHM));
    published.push({ kty, crv, x, kid, alg: ALGORITHM, use: "sig" } as JWK);
  }
  return { id: await calculateJwkThumbprint(current), secret: await importJWK(current, ALGORITHM), open: shared, published };
}

/** The audience of what is signed for a purpose. */
export const audience = (purpose: Purpose): string => `countersign:${purpose}`;

/**
 * The signer of a gate.
 *
 * @param key a private Ed25519 JWK, or the folder where one is kept
 * @param issuer what tokens name as their issuer
 * @param former public JWKs whose signatures still count, when `key` is not kept in a folder
 */
export async function createSigner(key: JWK | { folder: string }, issuer: string, former: JWK[] = []): Promise<Signer> {
  const folder = "folder" in key && typeof key.folder === "string" ? key.folder : undefined;
  let ring = await ringOf(folder === undefined ? { current: key as JWK, former } : await keep(folder));
  const keyOf = ({ kid }: JWTHeaderParameters) => {
    const found = ring.open.get(kid ?? "");
    if (found === undefined) throw new errors.JWKSNoMatchingKey();
    return found;
  };
  return {
    sign: (purpose, claims) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: ALGORITHM, typ: "JWT", kid: ring.id })
        .setIssuer(issuer)
        .setAudience(audience(purpose))
        .sign(ring.secret),
    verify: async (purpose, token, now) => {
      const expected = { issuer, audience: audience(purpose), algorithms: [ALGORITHM], currentDate: now };
      return (await jwtVerify(token, keyOf, { ...expected, clockTolerance: CLOCK_TOLERANCE_SECONDS })).payload;
    },
    keys: () => ring.published,
    rotate: async () => {
      if (folder === undefined)
        throw new StoreError("the signing key is the host's own: start with a new `signingKey`, and name this one in `formerKeys`");
      ring = await ringOf(await replace(folder));
      return ring.id;
    },
  };
}
