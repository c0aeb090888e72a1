/**
 * A policy tried on the past: what it would have made of the posts that were held, blocked or flagged, beside what the policy in
 * force makes of the very same texts.
 *
 * Posts that were published without remark are not kept, so loosening a policy shows fully and tightening it only among what is kept.
 */
import type { Grant, Setup, Submission, Verdict } from "countersign";
import type { DryRunRequest, DryRunResult, Moderator } from "../api/schema.js";
import { EnginePool } from "../engine/pool.js";
import { type Judgement, parts } from "../engine/source.js";
import type { PostRow } from "../store/tables.js";
import type { Learning } from "./room.js";
import { setupNow } from "./try.js";

/** How much one run reads: posts in all and at a time, milliseconds, and changed posts that are named. */
export const LIMITS = { posts: 5_000, batch: 50, ms: 20_000, named: 100 };

/** What one run costs of what a moderator may try within a minute. */
const COST = 10;

const DAY_MS = 86_400_000;

const COLUMNS = ["id", "title", "state", "submittedAt", "authorKind", "submission", "verdict"] as const;
type Row = Pick<PostRow, (typeof COLUMNS)[number]>;
type Result = Omit<DryRunResult, "refused">;

/** The grant a post was judged with, as far as judging it again needs it: the token itself is never kept. */
function grantOf({ post, thread, now }: Submission, by: string): Grant {
  const ends = new Date(Date.parse(now) + DAY_MS).toISOString();
  const where = post.thread ?? thread?.id ?? "";
  return { id: "replayed", agent: post.author.id, by, thread: where, action: "reply", notBefore: now, expires: ends, uses: 1 };
}

/** A recorded post as it was given to the engine, at its own time. */
function replay(row: Row): Submission {
  const submission = JSON.parse(row.submission) as Submission;
  const request = row.verdict === null ? undefined : (JSON.parse(row.verdict) as Verdict).request;
  return request?.via === "grant" && request.by ? { ...submission, grants: [grantOf(submission, request.by)] } : submission;
}

/** What the gate does: where the engine has no answer, an agent's or a service's post is held. */
function actionOf(judgement: Judgement, { authorKind }: Row): string {
  const verdict = "undecided" in judgement ? undefined : parts(judgement).verdict;
  return verdict?.action ?? (authorKind === "agent" || authorKind === "service" ? "hold" : "publish");
}

function whyOf(judgement: Judgement): string {
  const verdict = "undecided" in judgement ? undefined : parts(judgement).verdict;
  return verdict?.reasons[0]?.message ?? "it could not be decided";
}

/** Adds up what would move. */
class Moves {
  readonly result: Result = { examined: 0, truncated: false, moves: [], changed: [] };

  add(row: Row, before: Judgement, after: Judgement): void {
    const { moves, changed } = this.result;
    const [from, to] = [actionOf(before, row), actionOf(after, row)];
    this.result.examined += 1;
    if (from === to) return;
    const move = moves.find((each) => each.from === from && each.to === to);
    if (move) move.count += 1;
    else moves.push({ from, to, count: 1 });
    const { id, title, state, submittedAt } = row;
    if (changed.length < LIMITS.named) changed.push({ id, title, state, submittedAt, from, to, why: whyOf(after) });
  }
}

async function batch({ context }: Learning, since: string, after: Row | undefined, limit: number): Promise<Row[]> {
  let query = context.db.selectFrom("posts").select(COLUMNS).where("submittedAt", ">=", since).where("erasedAt", "is", null);
  if (after)
    query = query.where((eb) =>
      eb.or([eb("submittedAt", "<", after.submittedAt), eb.and([eb("submittedAt", "=", after.submittedAt), eb("id", "<", after.id)])]),
    );
  return query.orderBy("submittedAt", "desc").orderBy("id", "desc").limit(limit).execute();
}

/** Records, newest first, read a batch at a time. */
async function* records(room: Learning, since: string, size: number): AsyncGenerator<Row> {
  for (let rows = await batch(room, since, undefined, size); rows.length > 0; rows = await batch(room, since, rows.at(-1), size))
    yield* rows;
}

async function walk(room: Learning, days: number, limits: typeof LIMITS, engines: [EnginePool, EnginePool]): Promise<Result> {
  const since = new Date(room.context.now().getTime() - days * DAY_MS).toISOString();
  const started = performance.now();
  const moves = new Moves();
  for await (const row of records(room, since, limits.batch)) {
    const late = performance.now() - started > limits.ms || room.context.ended.aborted;
    if (late || moves.result.examined >= limits.posts) return { ...moves.result, truncated: true };
    const submission = replay(row);
    const [before, after] = await Promise.all([engines[0].check(submission), engines[1].check(submission)]);
    moves.add(row, before, after);
  }
  return moves.result;
}

const NOTHING: Result = { examined: 0, truncated: false, moves: [], changed: [] };

async function compare(room: Learning, days: number, limits: typeof LIMITS, now: Setup, candidate: Setup): Promise<DryRunResult> {
  const options = { source: room.source, deadlineMs: room.deadlineMs, size: 1, log: room.context.log };
  const before = await EnginePool.start({ ...options, setup: now });
  try {
    const after = await EnginePool.start({ ...options, setup: candidate }).catch((cause: Error) => cause.message);
    if (typeof after === "string") return { refused: after, ...NOTHING };
    try {
      return { refused: null, ...(await walk(room, days, limits, [before, after])) };
    } finally {
      await after.close();
    }
  } finally {
    await before.close();
  }
}

/**
 * Tries a policy on what was recorded in the last days. Exceptions in force count on both sides.
 *
 * @returns what would move from where to where; `refused` in the engine's words when the policy does not hold
 * @throws ProblemError `too-many-requests`
 */
export function dryRun(room: Learning, moderator: Moderator, request: DryRunRequest, limits = LIMITS): Promise<DryRunResult> {
  return room.trials.run(moderator.id, COST, async () => {
    const [now, candidate] = await Promise.all([setupNow(room), setupNow(room, request.policy.toWellFormed())]);
    for (const setup of [now, candidate]) if ("refused" in setup) return { refused: setup.refused, ...NOTHING };
    return compare(room, request.days, limits, now as Setup, candidate as Setup);
  });
}
