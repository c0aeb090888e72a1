/**
 * A post's way through the gate: made ready, judged, settled, told.
 */
import type { Agent, Grant } from "countersign";
import type { Outcome } from "../api/host.js";
import { ProblemError } from "../api/problems.js";
import type { Context } from "../context.js";
import * as grants from "../grants/grants.js";
import { contentHash } from "./hash.js";
import { type Intake, intake } from "./intake.js";
import { type Bench, type Judged, judge } from "./judge.js";
import { nameOf, recent } from "./pace.js";
import { agentOf, ownerOf } from "./record.js";
import { type Settled, settle } from "./settle.js";
import { notices, refusal } from "./tell.js";
import type { Turns } from "./turns.js";

/** What comes with a submission; `verifiedAgent` is the agent whose signature this gate has verified. */
export type SubmitOptions = { grant?: string; draft?: Publication; verifiedAgent?: string };

/** A draft its owner publishes: as the agent's answer with their grant, or under their own name. */
export type Publication = { id: string; owner: string; ownName: boolean };

/** What submitting needs beyond the rooms' context. */
export type Desk = {
  context: Context;
  bench: Bench;
  operatorOf(agent: string): string | null;
  agents(): readonly Agent[];
  /** Resolves when a changed policy is in force, or refused. */
  settled(): Promise<void>;
  /** An agent's posts go one by one. */
  turns: Turns;
};

type Attempt = { judged: Judged; settled: Settled; owner: string | null };

/** What an agent wrote is not let through with an instruction, or unread, because a person puts their name to it. */
function asDraft(judged: Judged, draft: Publication | undefined): Judged {
  if (draft?.ownName !== true || (judged.action !== "flag" && judged.undecided === undefined)) return judged;
  return { ...judged, action: "hold", notes: [...judged.notes, "an agent drafted it, so it is held as an agent's post would be"] };
}

async function attempt(
  desk: Desk,
  ready: Intake,
  grant: Grant | undefined,
  notes: string[],
  draft: Publication | undefined,
): Promise<Attempt> {
  const { context } = desk;
  const agent = ready.automated ? { agent: nameOf(ready.submission, desk.agents()) } : {};
  const known = agent.agent === undefined ? {} : { recent: await recent(context.db, agent.agent, context.now()) };
  const judged = asDraft(await judge(desk.bench, ready, grant ? { ...known, grants: [grant] } : known, notes), draft);
  const operator = desk.operatorOf(agentOf(judged.submission));
  const used = grant !== undefined && judged.verdict?.request.via === "grant" ? { grant } : {};
  const published = draft === undefined ? {} : { draft };
  const settlement = { judged, operator, at: context.now().toISOString(), ...used, ...published, ...agent };
  const settled = await settle((run) => context.db.transaction().execute(run), settlement);
  return { judged, settled, owner: ownerOf(judged, operator) };
}

/** The grant a token stands for, or a note of why it does not count. */
async function readGrant(context: Context, token: string | undefined, ready: Intake): Promise<{ grant?: Grant; notes: string[] }> {
  if (token === undefined) return { notes: ready.notes };
  const read = await grants.read(context, token, ready.submission, contentHash(ready.submission));
  return "grant" in read
    ? { grant: read.grant, notes: ready.notes }
    : { notes: [...ready.notes, `the grant does not count: ${read.refused}`] };
}

/** What stricter rules would have found, for whoever chooses the strictness. */
function logTrial({ log }: Context, { verdict, action }: Judged, post: string) {
  const { trial } = verdict ?? {};
  if (trial === undefined) return;
  const rules = [...new Set(trial.findings.map(({ rule }) => rule))].join(" ");
  log.log("warn", "trial/found", { post, rules, action, wouldBe: trial.action });
}

/** An agent's posts wait for each other; where too many wait already, the next is held unread. */
function inTurn(desk: Desk, ready: Intake, options: SubmitOptions): Promise<Outcome> {
  if (!ready.automated) return decided(desk, ready, options);
  const taken = desk.turns.take(nameOf(ready.submission, desk.agents()), () => decided(desk, ready, options));
  return taken ?? decided(desk, { ...ready, unread: "undecided/overload" }, options);
}

async function decided(desk: Desk, ready: Intake, options: SubmitOptions): Promise<Outcome> {
  const { context } = desk;
  const { grant, notes } = await readGrant(context, options.grant, ready);
  let made = await attempt(desk, ready, grant, notes, options.draft);
  if ("grantGone" in made.settled)
    made = await attempt(desk, ready, undefined, [...notes, "the grant does not count: it is used up"], undefined);
  const { judged, settled, owner } = made;
  if ("grantGone" in settled) throw new Error("a submission without a grant used one up");
  const { postId } = settled;
  context.changed.ring();
  logTrial(context, judged, postId);
  if (!settled.repeated) for (const notice of notices(judged, owner, postId)) context.notify(notice);
  const { action, verdict, undecided } = judged;
  const told = refusal(judged, owner, postId);
  const optional = { ...(verdict ? { verdict } : {}), ...(undecided ? { undecided } : {}), ...(told ? { problem: told } : {}) };
  return { action, postId, contentHash: judged.contentHash, notes: judged.notes, ...optional };
}

/** With the store down nothing can be held: an agent's post is refused so that it is sent again, a human's goes on. */
function withoutStore(desk: Desk, ready: Intake, error: unknown): Outcome {
  desk.context.log.log("error", "store/failed", { code: error instanceof Error && "code" in error ? String(error.code) : null });
  if (ready.automated)
    throw new ProblemError(
      "store-unavailable",
      "the store does not answer, so the post was neither published nor kept: keep it and submit it again",
    );
  const notes = [...ready.notes, "the store does not answer: published without a record"];
  const { submission } = ready;
  return { action: "publish", undecided: "undecided/store", postId: submission.post.id ?? "", contentHash: contentHash(submission), notes };
}

/**
 * Submits a post.
 *
 * @throws ProblemError `malformed-submission` or `store-unavailable`; the host must not publish then
 */
export async function submit(desk: Desk, input: unknown, options: SubmitOptions = {}): Promise<Outcome> {
  await desk.settled();
  const ready = intake(input, desk.context.now(), desk.agents(), options.verifiedAgent);
  try {
    return await inTurn(desk, ready, options);
  } catch (error) {
    return withoutStore(desk, ready, error);
  }
}
