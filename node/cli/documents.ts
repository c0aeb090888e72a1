/**
 * Keys and logs as files, read with errors that say which file is wrong.
 */
import type { JSONWebKeySet, JWK } from "jose";
import { AuditEntry } from "../api/schema.js";
import { lines } from "./jsonl.js";
import { read, UsageError } from "./usage.js";

function parsed(file: string, what: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(read(file));
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch (error) {
    if (error instanceof UsageError) throw error;
  }
  throw new UsageError(`\`${file}\` is no ${what}: it has to be one JSON object`);
}

/** A JSON Web Key Set. */
export function keysIn(file: string): JSONWebKeySet {
  const value = parsed(file, "set of keys");
  if (!Array.isArray(value.keys))
    throw new UsageError(`\`${file}\` has no \`keys\`: save what the gate's \`/.well-known/jwks.json\` answers`);
  return value as unknown as JSONWebKeySet;
}

/** A private key. */
export function privateKeyIn(file: string): JWK {
  const value = parsed(file, "key");
  if (typeof value.d !== "string") throw new UsageError(`\`${file}\` is no private key: it has to be a JWK with \`d\``);
  return value as JWK;
}

/** The entries of an exported log, one by one. */
export async function* entriesOf(file: string, input: AsyncIterable<string>): AsyncGenerator<AuditEntry> {
  let number = 0;
  for await (const batch of lines(input))
    for (const line of batch) {
      number += 1;
      if (line === "") continue;
      const entry = typeof line === "string" ? AuditEntry.safeParse(jsonOf(line)) : undefined;
      if (entry?.success !== true) throw new UsageError(`\`${file}\`, line ${number}: not an entry of a log as \`audit export\` writes it`);
      yield entry.data;
    }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
