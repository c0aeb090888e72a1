/**
 * `countersign receipt verify`: whether a decision was made as somebody says, from its receipt and the gate's public keys alone.
 */
import { createReadStream, existsSync } from "node:fs";
import type { Command } from "commander";
import { isFor, Lookup, type Receipt, verifyReceipt } from "../audit/receipt.js";
import { contentHash } from "../gate/hash.js";
import { entriesOf, keysIn } from "./documents.js";
import { inert } from "./report.js";
import { read, UsageError } from "./usage.js";

type Options = { keys: string; content?: string; log?: string };

/** A file holds the text of a post, or with `.json` a whole post or submission, whose every rendered field counts. */
function hashOf(file: string): string {
  const text = read(file);
  if (!file.endsWith(".json")) return contentHash({ post: { body: text, author: { id: "" } } });
  try {
    const value = JSON.parse(text);
    const post = value.post ?? value;
    if (typeof post.body === "string") return contentHash({ post });
  } catch {
    // Falls through to the refusal.
  }
  throw new UsageError(`\`${file}\` is no post: one JSON object with \`body\`, and \`fields\` where there are some`);
}

async function lookUp(receipt: Receipt, file: string): Promise<string | undefined> {
  if (!existsSync(file)) throw new UsageError(`there is no \`${file}\``);
  const lookup = new Lookup(receipt);
  for await (const entry of entriesOf(file, createReadStream(file, "utf8"))) lookup.take(entry);
  return lookup.end();
}

/** Why a receipt does not count; undefined when it does. */
async function doubt(receipt: Receipt, { content, log }: Options): Promise<string | undefined> {
  if (content !== undefined && !isFor(receipt, hashOf(content))) return `it is for another text than \`${content}\``;
  return log === undefined ? undefined : lookUp(receipt, log);
}

async function verify(named: string, options: Options): Promise<number> {
  const token = /^[\w-]+\.[\w-]+\.[\w-]+$/u.test(named) ? named : read(named);
  const answer = await verifyReceipt(token, keysIn(options.keys));
  const reason = answer.ok ? await doubt(answer.receipt, options) : answer.reason;
  if (!answer.ok || reason !== undefined) {
    console.log(inert(`the receipt does not hold: ${reason}`));
    return 1;
  }
  const { by, sub, state, at, contentHash: hash, iss } = answer.receipt;
  const unknown = options.log === undefined ? ["  whether it was taken back later only the log can say: `--log`"] : [];
  console.log(
    [`the receipt holds: \`${by}\` ${state} the post \`${sub}\` at ${at}`, `  content ${hash}`, `  signed by ${iss}`]
      .map(inert)
      .concat(unknown)
      .join("\n"),
  );
  return 0;
}

/** Adds `receipt` to the command line. */
export function receiptCommands(command: Command, done: (code: number) => void): void {
  command
    .command("receipt")
    .description("the signed records of decisions")
    .command("verify")
    .description("say what a receipt proves, without the gate; exit 1 when it proves nothing")
    .argument("<receipt>", "the receipt itself, or a file with it; `-` for standard input")
    .requiredOption("--keys <file>", "the gate's public keys, from its `/.well-known/jwks.json`")
    .option("--content <file>", "the text it should be for; with `.json` a post with all its fields")
    .option("--log <file>", "the log as `audit export` writes it: tells whether the decision was taken back")
    .action(async (receipt, options) => done(await verify(receipt, options)));
}
