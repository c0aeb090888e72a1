/**
 * Posts that nobody decided on: when they have waited too long, or the thread they were written for is gone, they expire.
 */
import { append } from "../audit/chain.js";
import type { Context } from "../context.js";
import { enqueue } from "../outbox/entry.js";
import type { PostRow, Queries } from "../store/tables.js";
import { Overtaken, writePost } from "../store/write.js";
import { asOf } from "./claims.js";
import { notices } from "./follow.js";
import { find } from "./view.js";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const BATCH = 100;

/** Which waiting posts expire: submitted before `before` (RFC 3339) and with nobody looking at them, or of a thread. */
export type Expiring = { before: string } | { thread: string };

async function candidates(queries: Queries, which: Expiring, after: string): Promise<string[]> {
  const waiting = queries.selectFrom("posts").select("id").where("state", "in", ["held", "claimed"]);
  const meant = "thread" in which ? waiting.where("threadId", "=", which.thread) : waiting.where("submittedAt", "<", which.before);
  return (await meant.where("id", ">", after).orderBy("id").limit(BATCH).execute()).map(({ id }) => id);
}

/** Whether a post still is to expire, now that it is about to. */
function expires(row: PostRow, which: Expiring): boolean {
  if ("thread" in which) return row.state === "held" || row.state === "claimed";
  return row.state === "held" && row.submittedAt < which.before;
}

async function expireOne(queries: Queries, id: string, which: Expiring, now: Date): Promise<boolean> {
  const row = asOf(await find(queries, id), now);
  if (!expires(row, which)) return false;
  const at = now.toISOString();
  const comment = "thread" in which ? "the thread it was written for is gone" : null;
  const decision = { by: "countersign", at, comment, state: "expired" };
  const values = {
    state: "expired",
    claimedBy: null,
    claimedUntil: null,
    undo: null,
    decidedAt: at,
    decision: JSON.stringify(decision),
  } as const;
  const version = await writePost(queries, row, values);
  const detail = { state: "expired", version, contentHash: row.contentHash, because: "thread" in which ? "thread-gone" : "waited" };
  await append(queries, [{ at, actor: "countersign", action: "expired", postId: id, detail }]);
  await enqueue(queries, notices(row, { state: "expired", comment }), at);
  return true;
}

/** Expires one post, unless a moderator was faster. */
async function tryOne(context: Context, id: string, which: Expiring): Promise<boolean> {
  try {
    return await context.db.transaction().execute((queries) => expireOne(queries, id, which, context.now()));
  } catch (error) {
    if (error instanceof Overtaken) return false;
    throw error;
  }
}

/** Expires every post that `which` means; answers how many that were. */
export async function expire(context: Context, which: Expiring): Promise<number> {
  let count = 0;
  let last = "";
  for (;;) {
    const ids = await candidates(context.db, which, last);
    for (const id of ids) if (await tryOne(context, id, which)) count += 1;
    last = ids.at(-1) ?? last;
    if (ids.length < BATCH) break;
  }
  if (count > 0) context.changed.ring();
  return count;
}

/** Expires what has waited longer than `days`, and forgets answers nobody asks for again; answers how many posts expired. */
export async function sweep(context: Context, days: number | undefined): Promise<number> {
  const now = context.now().getTime();
  await context.db.deleteFrom("answers").where("until", "<=", new Date(now).toISOString()).execute();
  return days === undefined ? 0 : expire(context, { before: new Date(now - days * DAY_MS).toISOString() });
}

/** Runs `work` now and every hour until the gate closes; a failure is logged and tried again. */
export function hourly({ log, ended }: Context, work: () => Promise<unknown>): void {
  const run = () => void work().catch(() => ended.aborted || log.log("error", "sweep/failed"));
  const timer = setInterval(run, HOUR_MS).unref();
  ended.addEventListener("abort", () => clearInterval(timer), { once: true });
  run();
}
