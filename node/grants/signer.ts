/**
 * The gate's Ed25519 key: it signs grants, so that only this gate can allow a publication, and receipts, so that a decision can be
 * shown to be one. Compact JWS (RFC 7515) by jose.
 */
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { StoreError } from "../store/store.js";

const ALGORITHM = "Ed25519";

/** Seconds another machine's clock may differ when `nbf` and `exp` are checked. */
export const CLOCK_TOLERANCE_SECONDS = 60;

/** Signs and verifies in one gate's name. */
export type Signer = {
  /** A compact JWS over `claims`; `purpose` becomes its audience, so that a receipt never passes for a grant. */
  sign(purpose: "grant" | "receipt", claims: JWTPayload): Promise<string>;
  /** The claims of a token of this gate and purpose, valid at `now`; rejects with a jose error otherwise. */
  verify(purpose: "grant" | "receipt", token: string, now: Date): Promise<JWTPayload>;
};

async function fresh(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  return exportJWK(privateKey);
}

/** Reads the key kept in `folder`, or makes one there that only this user can read. */
async function keep(folder: string): Promise<JWK> {
  const file = join(folder, "gate-key.jwk");
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(await fresh()), { mode: 0o600, flag: "wx" });
  if (process.platform !== "win32" && statSync(file).mode & 0o077)
    throw new StoreError(`others can read the signing key \`${file}\`: run \`chmod 600\` on it, and replace it if it may have been copied`);
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new StoreError(`cannot read the signing key \`${file}\`: restore it, or move it away to have a new one made`, { cause: error });
  }
}

/**
 * The signer of a gate.
 *
 * @param key a private Ed25519 JWK, or the folder where one is kept
 * @param issuer what tokens name as their issuer
 */
export async function createSigner(key: JWK | { folder: string }, issuer: string): Promise<Signer> {
  const jwk = "folder" in key && typeof key.folder === "string" ? await keep(key.folder) : (key as JWK);
  const { d: _secret, ...open } = jwk;
  const [secret, shared] = [await importJWK(jwk, ALGORITHM), await importJWK(open, ALGORITHM)];
  const audience = (purpose: string) => `countersign:${purpose}`;
  return {
    sign: (purpose, claims) =>
      new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, typ: "JWT" }).setIssuer(issuer).setAudience(audience(purpose)).sign(secret),
    verify: async (purpose, token, now) => {
      const options = {
        issuer,
        audience: audience(purpose),
        algorithms: [ALGORITHM],
        currentDate: now,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      };
      return (await jwtVerify(token, shared, options)).payload;
    },
  };
}
