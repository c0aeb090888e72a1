/**
 * The command line: checks texts and policies, verifies an audit log. Exit codes: 0 nothing found, 1 something would be held,
 * blocked or flagged (or an audit log or a receipt does not hold), 2 something could not be read.
 */
import { Command } from "commander";
import { loadEngine } from "countersign";
import { readSetup } from "../engine/setup.js";
import { parts } from "../engine/source.js";
import { VERSION } from "../review/assets.js";
import { auditCommands } from "./audit.js";
import { type Checker, createChecker } from "./engine.js";
import { checkLines } from "./jsonl.js";
import { checkPolicy, explainPolicy } from "./policy.js";
import { receiptCommands } from "./receipt.js";
import { reply } from "./reply.js";
import { report, stands } from "./report.js";
import { serveCommand } from "./serve.js";
import { read, UsageError } from "./usage.js";

async function checkFiles(checker: Checker, files: string[]): Promise<number> {
  let code = 0;
  for (const file of files) {
    const text = read(file);
    const { verdict, error } = parts(await checker.check(reply(text)));
    if (verdict === undefined) throw new UsageError(`\`${file}\`: ${error}`);
    console.log(report(file, text, verdict));
    if (stands(verdict)) code = 1;
  }
  return code;
}

async function check(files: string[], options: { jsonl?: boolean; policy?: string; rules?: string }): Promise<number> {
  if (options.jsonl && files.length > 0) throw new UsageError("`--jsonl` reads standard input: leave the file names out");
  const checker = await createChecker(readSetup({ policyFile: options.policy, rulesFolder: options.rules }));
  try {
    if (!options.jsonl) return await checkFiles(checker, files.length > 0 ? files : ["-"]);
    const input = process.stdin.setEncoding("utf8");
    return await checkLines(checker, { input, output: process.stdout, complain: (message) => console.error(`countersign: ${message}`) });
  } finally {
    await checker.close();
  }
}

async function listRules(id: string | undefined, rulesFolder: string | undefined): Promise<number> {
  const rules = (await loadEngine(readSetup({ rulesFolder }))).rules();
  if (id === undefined) {
    for (const rule of rules) console.log(`${rule.id.padEnd(38)} ${rule.title}`);
    return 0;
  }
  const rule = rules.find((known) => known.id === id);
  if (rule === undefined) throw new UsageError(`there is no rule \`${id}\`: \`countersign rules\` lists them`);
  const { title, category, level, why, safer, references } = rule;
  console.log(
    [`${id}: ${title}`, `category ${category}, from strictness ${level}`, `why: ${why}`, `safer: ${safer}`, ...references].join("\n"),
  );
  return 0;
}

function program(done: (code: number) => void): Command {
  const command = new Command("countersign").description("a gate for posts written by AI agents").version(VERSION);
  command
    .command("check")
    .description("judge texts as an agent's asked-for reply; exit 1 when something would be held, blocked or flagged")
    .argument("[files...]", "texts in Markdown; standard input when left out")
    .option("--jsonl", "read one submission, or `id` and `text`, per line; write one `id` and `verdict` per line")
    .option("--policy <file>", "the forum's policy, TOML")
    .option("--rules <folder>", "a folder of your own rules, beside the shipped ones")
    .action(async (files, options) => done(await check(files, options)));
  const policy = command.command("policy").description("the forum's policy");
  policy
    .command("check")
    .description("say what is wrong with a policy, by line; exit 2 when something is")
    .argument("<file>")
    .action(async (file) => done(await checkPolicy(file)));
  policy
    .command("explain")
    .description("say which line of which file decided a submission, and which others were looked at")
    .argument("<submission>", "a submission, JSON; `-` for standard input")
    .option("--policy <file>", "the forum's policy, TOML")
    .option("--rules <folder>", "a folder of your own rules, beside the shipped ones")
    .action(async (file, options) => done(await explainPolicy(file, options)));
  command
    .command("rules")
    .description("list the rules, or say all about one")
    .argument("[id]")
    .option("--rules <folder>", "a folder of your own rules, beside the shipped ones")
    .action(async (id, options) => done(await listRules(id, options.rules)));
  auditCommands(command, done);
  receiptCommands(command, done);
  serveCommand(command, done);
  return command;
}

// A reader that has seen enough (`… | head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 2));

try {
  await program((code) => {
    process.exitCode = code;
  }).parseAsync();
} catch (error) {
  console.error(`countersign: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
