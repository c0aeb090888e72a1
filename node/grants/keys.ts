/**
 * The signing key the gate keeps for itself: made at first use, readable by this user alone, replaced without taking back what
 * the former one signed.
 */
import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";
import { StoreError } from "../store/store.js";

/** The one signature algorithm of grants and receipts (RFC 9864). */
export const ALGORITHM = "Ed25519";

const CURRENT = "gate-key.jwk";
const FORMER = /^gate-key-.+\.jwk$/;

/** A private key and the public keys it replaced. */
export type Keys = { current: JWK; former: JWK[] };

/** A key without its secret. */
export function open({ d: _secret, ...rest }: JWK): JWK {
  return rest;
}

async function fresh(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  return exportJWK(privateKey);
}

const write = (file: string, key: JWK) => writeFileSync(file, JSON.stringify(key), { mode: 0o600, flag: "wx" });

function read(file: string): JWK {
  if (process.platform !== "win32" && statSync(file).mode & 0o077)
    throw new StoreError(`others can read the signing key \`${file}\`: run \`chmod 600\` on it, and replace it if it may have been copied`);
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new StoreError(`cannot read the signing key \`${file}\`: restore it, or move it away to have a new one made`, { cause: error });
  }
}

/** Whether a key is kept in `folder`. */
export const hasKey = (folder: string): boolean => existsSync(join(folder, CURRENT));

/** The keys kept in `folder`; makes the first one. */
export async function keep(folder: string): Promise<Keys> {
  const file = join(folder, CURRENT);
  if (!existsSync(file)) write(file, await fresh());
  const former = readdirSync(folder).filter((name) => FORMER.test(name));
  return { current: read(file), former: former.map((name) => read(join(folder, name))) };
}

/** Replaces the key in `folder`; the public half of the former one stays, so that what it signed can still be verified. */
export async function replace(folder: string): Promise<Keys> {
  const file = join(folder, CURRENT);
  const former = read(file);
  const kept = join(folder, `gate-key-${await calculateJwkThumbprint(former)}.jwk`);
  if (!existsSync(kept)) write(kept, open(former));
  const next = `${file}.${process.pid}`;
  write(next, await fresh());
  renameSync(next, file);
  return keep(folder);
}
