/**
 * A text tried as a post, with the forum's own policy and rules and, where a moderator brings one, a rule of theirs: in an engine of
 * its own that is thrown away afterwards, so that nothing tried here can disturb what stands guard.
 */
import type { Setup, Submission } from "countersign";
import type { Moderator, TryRequest, TryResult } from "../api/schema.js";
import { Seat } from "../engine/seat.js";
import { parts } from "../engine/source.js";
import { explainUndecided } from "../gate/judge.js";
import { inForce } from "./allowances.js";
import { withExceptions } from "./amend.js";
import type { Learning } from "./room.js";

/** What the engine calls a moderator's own rule when it refuses it. */
const RULE_FILE = "your rule";

/** The text as an answer in a thread where a person asked its author, so that what it says decides and not who asked. */
function asPost({ body, kind = "agent", category }: TryRequest, now: string): Submission {
  const asker = { id: "try-question", author: "try-asker", handle: "try-asker", kind: "human" as const, at: now };
  const author = { id: "try-author", handle: "try-author", kind };
  return {
    post: { id: "try", thread: "try", replyTo: asker.id, at: now, body: body.toWellFormed(), author },
    thread: {
      id: "try",
      author: asker.author,
      ...(category === undefined ? {} : { category }),
      posts: [{ ...asker, body: "@try-author how do I fix this?" }],
    },
    now,
  };
}

/** The setup in force, or the words of what is wrong with it. */
export async function setupNow({ context, read }: Learning, policy?: string): Promise<Setup | { refused: string }> {
  try {
    const setup = read();
    const amended = withExceptions(policy ?? setup.policy, await inForce(context.db, context.now()));
    return { ...setup, ...(amended === undefined ? {} : { policy: amended }) };
  } catch (cause) {
    return { refused: cause instanceof Error ? cause.message : String(cause) };
  }
}

const refuse = (refused: string): TryResult => ({ verdict: null, refused });

async function ask(seat: Seat, submission: Submission, deadlineMs: number): Promise<TryResult> {
  const start = await seat.started;
  if ("refused" in start) return refuse(start.refused);
  if ("died" in start) return refuse(`the engine did not come up: ${start.died}`);
  const judgement = await seat.check(submission, deadlineMs);
  if ("undecided" in judgement) return refuse(explainUndecided(judgement.undecided));
  const { verdict, error } = parts(judgement);
  return verdict ? { verdict, refused: null } : refuse(error ?? explainUndecided(""));
}

/**
 * Tries a text.
 *
 * @returns the verdict, or why there is none: a rule whose own examples fail, a policy that does not hold, an engine that took too long
 * @throws ProblemError `too-many-requests`
 */
export function tryText(room: Learning, moderator: Moderator, request: TryRequest): Promise<TryResult> {
  return room.trials.run(moderator.id, 1, async () => {
    const setup = await setupNow(room);
    if ("refused" in setup) return refuse(setup.refused);
    const own = request.rule?.trim() ? [{ name: RULE_FILE, toml: request.rule.toWellFormed() }] : [];
    const seat = new Seat(room.source, { ...setup, rules: [...(setup.rules ?? []), ...own] });
    try {
      return await ask(seat, asPost(request, room.context.now().toISOString()), room.deadlineMs);
    } finally {
      seat.discard("undecided/engine");
    }
  });
}
