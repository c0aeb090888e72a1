/**
 * The engine inside the CLI's own process, for speed. Should a post trap it, the instance is dead for good; the rest is then judged
 * by workers, which can be replaced.
 */
import { type Answer, loadEngine, type Setup, type Submission } from "countersign";
import { EnginePool } from "../engine/pool.js";
import { type Engine, SHIPPED } from "../engine/source.js";
import { jsonLogger } from "../log.js";

/** Milliseconds a worker gets for one post, after a trap: nobody waits here as a forum would. */
const DEADLINE_MS = 5_000;

/** Judges posts, one after another. */
export type Checker = { check(submission: Submission): Answer | Promise<Answer>; close(): Promise<void> };

const FAILED = { error: "the engine failed on this post: report it to whoever maintains the rules" };

/** A checker with the given policy and rules beside the shipped ones. */
export async function createChecker(setup: Setup): Promise<Checker> {
  let engine: Engine | undefined = await loadEngine(setup);
  let pool: Promise<EnginePool> | undefined;
  const workers = () => {
    pool ??= EnginePool.start({
      source: SHIPPED,
      setup,
      deadlineMs: DEADLINE_MS,
      size: 1,
      log: jsonLogger("error"),
    });
    return pool;
  };
  const apart = async (submission: Submission): Promise<Answer> => {
    const judgement = await (await workers()).check(submission);
    return "undecided" in judgement ? FAILED : judgement;
  };
  return {
    check(submission) {
      if (engine === undefined) return apart(submission);
      try {
        return engine.check(submission);
      } catch {
        engine = undefined;
        return FAILED;
      }
    },
    close: async () => (await pool)?.close(),
  };
}
