/**
 * `countersign audit`: the log verified, exported and anchored, on the store itself or on what was exported of it.
 */

import { once } from "node:events";
import { createReadStream, existsSync } from "node:fs";
import type { Command } from "commander";
import { Option } from "commander";
import type { Verification } from "../audit/chain.js";
import { type Checkpoint, checkpoint, readCheckpoints } from "../audit/checkpoint.js";
import { exported, FORMATS, type Format } from "../audit/export.js";
import { Chain, pages, rowOf, walk } from "../audit/walk.js";
import { hasKey } from "../grants/keys.js";
import { createSigner } from "../grants/signer.js";
import { isPostgres, openStore } from "../store/open.js";
import type { Store } from "../store/store.js";
import type { AuditTable } from "../store/tables.js";
import { entriesOf, keysIn, privateKeyIn } from "./documents.js";
import { read, UsageError } from "./usage.js";

async function withStore<T>(named: string, work: (store: Store) => Promise<T>): Promise<T> {
  if (!isPostgres(named) && !existsSync(named))
    throw new UsageError(`there is no \`${named}\`: name the gate's database file, or its \`postgres://\` URL`);
  const store = await openStore(named);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** A store's address without what opens it. */
const shown = (named: string) => (isPostgres(named) ? named.replace(/\/\/[^@/]*@/u, "//…@").replace(/\?.*$/u, "") : named);

type VerifyOptions = { checkpoint?: string; keys?: string };

async function anchorsOf({ checkpoint: file, keys }: VerifyOptions) {
  if (file === undefined) return [];
  if (keys === undefined) throw new UsageError("`--checkpoint` needs `--keys`: the gate's public keys, from its `/.well-known/jwks.json`");
  try {
    return await readCheckpoints(read(file), keysIn(keys));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`\`${file}\`: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A chain that begins where an export does; what signed checkpoints say of entries before it cannot be looked up. */
function begun(file: string, row: AuditTable, anchors: readonly Checkpoint[]): Chain {
  if (anchors.some(({ seq }) => seq < row.seq))
    throw new UsageError(`\`${file}\` begins at entry ${row.seq}, after one that a checkpoint names: export the log from its beginning`);
  return new Chain(anchors, row.seq === 1 ? undefined : row);
}

/** Follows the chain of an export. */
async function followExport(file: string, anchors: readonly Checkpoint[]): Promise<Verification> {
  if (!existsSync(file)) throw new UsageError(`there is no \`${file}\``);
  let chain: Chain | undefined;
  for await (const entry of entriesOf(file, createReadStream(file, "utf8"))) {
    const row = rowOf(entry);
    chain ??= begun(file, row, anchors);
    const broken = chain.take(row);
    if (broken !== undefined) return broken;
  }
  return (chain ?? new Chain(anchors)).end();
}

const counted = (anchors: number) =>
  anchors === 0 ? "" : `, as ${anchors} signed ${anchors === 1 ? "checkpoint says" : "checkpoints say"}`;

/** `audit verify`: 0 when every entry holds, 1 when one does not. */
async function verify(named: string, options: VerifyOptions): Promise<number> {
  const anchors = await anchorsOf(options);
  const answer = /\.jsonl$/u.test(named)
    ? await followExport(named, anchors)
    : await withStore(named, ({ db }) => walk(pages(db), anchors));
  const said = answer.ok
    ? `all ${answer.entries} entries hold${counted(anchors.length)}`
    : `broken at entry ${answer.seq}: ${answer.reason}`;
  console.log(`${shown(named)}: ${said}`);
  return answer.ok ? 0 : 1;
}

function time(text: string): string {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new UsageError(`\`${text}\` is no time: write one as \`2026-11-22T09:00:00Z\``);
  return at.toISOString();
}

/** `audit export`: to standard output, no faster than it is read. */
async function exportLog(named: string, { format, since }: { format: Format; since?: string }): Promise<number> {
  const from = since === undefined ? undefined : time(since);
  return withStore(named, async ({ db }) => {
    for await (const piece of exported(db, format, from)) if (!process.stdout.write(piece)) await once(process.stdout, "drain");
    return 0;
  });
}

async function signerFor(store: Store, key: string | undefined) {
  if (key !== undefined) return createSigner(privateKeyIn(key), "countersign");
  if (store.folder === null || !hasKey(store.folder))
    throw new UsageError("the gate's signing key is not beside this store: name its file (a private JWK) as `--key`");
  return createSigner({ folder: store.folder }, "countersign");
}

/** `audit checkpoint`: one line, to be kept elsewhere. */
async function sign(named: string, { key }: { key?: string }): Promise<number> {
  return withStore(named, async (store) => {
    const signer = await signerFor(store, key);
    const signed = await checkpoint({ db: store.db, signer, now: () => new Date() });
    if (signed === null) throw new UsageError(`\`${shown(named)}\`: the log is empty, there is nothing to sign yet`);
    console.log(signed);
    return 0;
  });
}

const STORE = "the gate's database file, or its postgres:// URL";

/** Adds `audit` to the command line. */
export function auditCommands(command: Command, done: (code: number) => void): void {
  const audit = command.command("audit").description("the audit log");
  audit
    .command("verify")
    .description("follow the chain; name the first entry that does not hold, and exit 1")
    .argument("<store>", `${STORE}; or what \`audit export\` wrote (.jsonl)`)
    .option("--checkpoint <file>", "signed checkpoints, one a line: shows a log that was cut off or written anew")
    .option("--keys <file>", "the gate's public keys, from its `/.well-known/jwks.json`")
    .action(async (store, options) => done(await verify(store, options)));
  audit
    .command("export")
    .description("write the log to standard output, one JSON object a line; no text of a post is in it")
    .argument("<store>", STORE)
    .addOption(new Option("--format <format>", "every entry, or OCSF Detection Findings").choices([...FORMATS]).default("jsonl"))
    .option("--since <time>", "leave out what is older, such as 2026-11-22T09:00:00Z")
    .action(async (store, options) => done(await exportLog(store, options)));
  audit
    .command("checkpoint")
    .description("sign the last entry: keep the line elsewhere, and `audit verify` notices when the log is cut off")
    .argument("<store>", STORE)
    .option("--key <file>", "the gate's signing key, a private JWK; the one beside the store when left out")
    .action(async (store, options) => done(await sign(store, options)));
}
