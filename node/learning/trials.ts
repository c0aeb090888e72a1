/**
 * How much trying is allowed: an engine of one's own costs a thread and a compiled pack, and the machine is the forum's.
 */
import { RateLimiterMemory } from "rate-limiter-flexible";
import { ProblemError } from "../api/problems.js";

/** Trials of the whole forum at a time. */
const AT_ONCE = 2;

/** What one moderator may try within a minute; a dry run counts as ten texts. */
const PER_MINUTE = 40;

/** Keeps trials few. */
export class Trials {
  #running = 0;
  #limiter = new RateLimiterMemory({ points: PER_MINUTE, duration: 60 });

  /**
   * Runs `work` when `moderator` may try something now.
   *
   * @param cost how much it counts against what they may try within a minute
   * @throws ProblemError `too-many-requests`
   */
  async run<T>(moderator: string, cost: number, work: () => Promise<T>): Promise<T> {
    if (this.#running >= AT_ONCE)
      throw new ProblemError("too-many-requests", "others are trying something right now: try again in a moment");
    this.#running += 1;
    try {
      await this.#limiter.consume(moderator, cost).catch(() => {
        throw new ProblemError("too-many-requests", "you have tried a lot within a minute: wait a minute, then try again");
      });
      return await work();
    } finally {
      this.#running -= 1;
    }
  }
}
