/**
 * `countersign serve`: the review service on its own, for forums that submit over HTTP.
 */
import { userInfo } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import { jsonLogger } from "../log.js";
import { type Service, startService } from "../serve/server.js";
import type { Settings } from "../serve/settings.js";

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new InvalidArgumentError("it has to be a number from 0 to 65535");
  return value;
}

/** Who may sign in by the printed link: whoever can read this terminal. */
function self() {
  const id = userInfo().username;
  return { id, name: id, role: "lead" as const };
}

async function banner({ gate, address }: Service, settings: Settings): Promise<string> {
  const base = settings.baseUrl?.replace(/\/$/u, "") ?? address;
  const link =
    settings.signIn === "link"
      ? [`  Sign in   ${base}${await gate.signInLink(self())}`, "            once, within ten minutes; restart for another"]
      : [];
  const submit =
    settings.submitToken === undefined ? "no forum may: set COUNTERSIGN_SUBMIT_TOKEN" : `POST ${base}/countersign/api/v1/submissions`;
  const publish = settings.publishUrl ?? "nowhere: approved posts wait until `--publish-url` is set";
  return [
    "",
    `  Review    ${base}/countersign/review/`,
    ...link,
    `  Submit    ${submit}`,
    `  Publish   ${publish}`,
    `  Store     ${settings.store.replace(/\/\/[^@/]*@/u, "//…@").replace(/\?.*$/u, "")}`,
    "  Stop      Ctrl+C",
    "",
  ].join("\n");
}

/** Resolves when somebody asks the process to stop; a second time it stops at once. */
function asked(): Promise<void> {
  return new Promise((resolve) => {
    let stopping = false;
    const stop = () => {
      if (stopping) process.exit(1);
      stopping = true;
      resolve();
    };
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
  });
}

async function run(settings: Settings): Promise<number> {
  const service = await startService(settings, { log: jsonLogger("info") });
  const stop = asked();
  console.log(await banner(service, settings));
  await stop;
  await service.close();
  return 0;
}

const HELP = `
Forums submit every post before they show it:

  POST /countersign/api/v1/submissions
  Authorization: Bearer $COUNTERSIGN_SUBMIT_TOKEN
  {"submission": {"post": {"body": "…", "thread": "t1", "author": {"id": "helper", "kind": "agent"}}}}

The answer's \`action\` says what to do: publish, label, flag, hold or block. What a moderator approves is sent to --publish-url as
{"type": "publish", "data": …}; rejected posts that are visible as "withdraw", words to people as "notice". Each is signed as
https://www.standardwebhooks.com says and sent again until the forum answers 2xx; \`webhook-id\` stays the same.

Signing in by OpenID Connect reads COUNTERSIGN_OIDC_ISSUER, COUNTERSIGN_OIDC_CLIENT_ID, COUNTERSIGN_OIDC_CLIENT_SECRET,
COUNTERSIGN_OIDC_ROLES (claim:value=role,…; roles are lead, moderator, auditor), COUNTERSIGN_OIDC_ID_CLAIM (the person's id in the
forum, so that nobody decides on their own post; default sub) and COUNTERSIGN_OIDC_SCOPE. The provider has to know
BASE-URL/countersign/signin/callback as redirect address.

Secrets belong into the environment: what is typed here others on this machine can read.

Examples:
  $ countersign serve
  $ COUNTERSIGN_SUBMIT_TOKEN=… COUNTERSIGN_PUBLISH_SECRET=… countersign serve --policy forum.toml --publish-url https://forum.example/hooks/countersign
  $ COUNTERSIGN_OIDC_ISSUER=https://id.example COUNTERSIGN_OIDC_CLIENT_ID=… COUNTERSIGN_OIDC_CLIENT_SECRET=… \\
    COUNTERSIGN_OIDC_ROLES=groups:forum-leads=lead countersign serve --sign-in oidc --base-url https://review.example --store postgres://…`;

const hidden = (flags: string, name: string) => new Option(flags).env(name).hideHelp();

/** Adds `serve` to the command line. */
export function serveCommand(command: Command, done: (code: number) => void): void {
  command
    .command("serve")
    .description("run the review service on its own: forums submit over HTTP, moderators sign in here")
    .addOption(
      new Option("--store <store>", "a database file, or a postgres:// URL").env("COUNTERSIGN_STORE").default(".countersign/gate.db"),
    )
    .option("--policy <file>", "the forum's policy, TOML; a saved change counts from the next post on")
    .option("--rules <folder>", "a folder of your own rules, beside the shipped ones")
    .option("--host <address>", "where to listen", "127.0.0.1")
    .option("--port <number>", "on which port; 0 for any", port, 8787)
    .option("--base-url <url>", "the address people reach this at, when a proxy stands before it")
    .addOption(
      new Option("--sign-in <how>", "a link printed at start, or an OpenID Connect provider").choices(["link", "oidc"]).default("link"),
    )
    .option("--signing-key <file>", "the key receipts are signed with, a private Ed25519 JWK; kept beside a database file when left out")
    .option("--publish-url <url>", "where approved posts are sent")
    .addOption(new Option("--publish-secret <secret>", "what they are signed with").env("COUNTERSIGN_PUBLISH_SECRET"))
    .addOption(new Option("--submit-token <token>", "what a forum submits with").env("COUNTERSIGN_SUBMIT_TOKEN"))
    .addOption(new Option("--metrics-token <token>", "what Prometheus reads /countersign/metrics with").env("COUNTERSIGN_METRICS_TOKEN"))
    .addOption(hidden("--oidc-issuer <url>", "COUNTERSIGN_OIDC_ISSUER"))
    .addOption(hidden("--oidc-client-id <id>", "COUNTERSIGN_OIDC_CLIENT_ID"))
    .addOption(hidden("--oidc-client-secret <secret>", "COUNTERSIGN_OIDC_CLIENT_SECRET"))
    .addOption(hidden("--oidc-roles <roles>", "COUNTERSIGN_OIDC_ROLES"))
    .addOption(hidden("--oidc-id-claim <claim>", "COUNTERSIGN_OIDC_ID_CLAIM"))
    .addOption(hidden("--oidc-scope <scope>", "COUNTERSIGN_OIDC_SCOPE"))
    .addHelpText("after", HELP)
    .action(async (settings: Settings) => done(await run(settings)));
}
