/**
 * The engine as the gate sees it: always answers, in bounded time, whatever a post does to it. A worker that fails is replaced; a
 * queue that is full answers `undecided` at once instead of letting the forum wait.
 */
import type { Agent, EngineVersion, Setup, Submission } from "countersign";
import type { Logger } from "../log.js";
import { Seat } from "./seat.js";
import type { EngineSource, Judgement } from "./source.js";

/** How a pool works. */
export type PoolOptions = {
  source: EngineSource;
  /** The forum's policy and its own rules; the shipped ones alone when left out. */
  setup?: Setup;
  /** Milliseconds one post may take. */
  deadlineMs: number;
  /** Workers. Default 2. */
  size?: number;
  /** Posts that may wait; beyond it the answer is `undecided/overload`. */
  queue?: number;
  log: Logger;
};

type Waiting = { submission: Submission; deadlineMs: number; answer: (judgement: Judgement) => void };

const RESTART_MS = 200;
/** Workers with engines, and the posts waiting for them. */
export class EnginePool {
  /** The versions the engine named; null until one has started. */
  version: EngineVersion | null = null;
  /** The agents the policy registers; kept when the engine dies, so that their posts are still known for what they are. */
  agents: readonly Agent[] = [];
  #options: Required<Pick<PoolOptions, "deadlineMs" | "queue">> & PoolOptions;
  #idle: Seat[] = [];
  #seats = new Set<Seat>();
  #waiting: Waiting[] = [];
  #starting = 0;
  #failures = 0;
  #closed = false;
  #retiring = false;

  private constructor(options: PoolOptions) {
    this.#options = { queue: 64, ...options };
  }

  /**
   * Starts the workers.
   *
   * @throws Error with the engine's own words when it refuses the policy or the rules. An engine that dies on start is no error here: the
   * pool then answers `undecided/engine` and keeps trying.
   */
  static async start(options: PoolOptions): Promise<EnginePool> {
    const pool = new EnginePool(options);
    const starts = await Promise.all(Array.from({ length: options.size ?? 2 }, () => pool.#seat()));
    const refused = starts.find((start) => "refused" in start);
    if (refused && "refused" in refused) {
      await pool.close();
      throw new Error(refused.refused);
    }
    return pool;
  }

  async #seat() {
    this.#starting += 1;
    const seat = new Seat(this.#options.source, this.#options.setup ?? {});
    this.#seats.add(seat);
    const start = await seat.started;
    this.#starting -= 1;
    if ("ready" in start && seat.alive && !this.#closed) {
      this.version = start.ready.version;
      this.agents = start.ready.agents;
      this.#failures = 0;
      this.#free(seat);
    } else this.#lost(seat, "ready" in start ? "ended" : "start");
    return start;
  }

  #free(seat: Seat) {
    const next = this.#waiting.shift();
    if (next) void this.#run(seat, next);
    else if (this.#retiring) this.#end(seat);
    else this.#idle.push(seat);
  }

  async #run(seat: Seat, { submission, deadlineMs, answer }: Waiting) {
    const judgement = await seat.check(submission, deadlineMs);
    answer(judgement);
    if (seat.alive) this.#free(seat);
    else this.#lost(seat, "undecided" in judgement ? judgement.undecided : "ended");
  }

  #end(seat: Seat) {
    this.#seats.delete(seat);
    seat.discard("undecided/engine");
  }

  #lost(seat: Seat, reason: string) {
    this.#end(seat);
    if (this.#closed || (this.#retiring && this.#waiting.length === 0)) return;
    this.#options.log.log("warn", "engine/replaced", { reason });
    if (reason === "start") {
      this.#failures += 1;
      if (this.#starting === 0 && this.#seats.size === 0) this.#giveUpWaiting();
    }
    const pause = Math.min(RESTART_MS * 2 ** this.#failures, 30_000) * Math.sign(this.#failures);
    setTimeout(() => this.#closed || void this.#seat(), pause).unref();
  }

  #giveUpWaiting() {
    for (const { answer } of this.#waiting.splice(0)) answer({ undecided: "undecided/engine" });
  }

  /** Judges a post. Never rejects; resolves within the deadline of the posts before it and its own. */
  check(submission: Submission, deadlineMs = this.#options.deadlineMs): Promise<Judgement> {
    return new Promise((answer) => {
      const seat = this.#takeIdle();
      if (seat) void this.#run(seat, { submission, deadlineMs, answer });
      else if (this.#closed || this.#failures > 0) answer({ undecided: "undecided/engine" });
      else if (this.#waiting.length >= this.#options.queue) answer({ undecided: "undecided/overload" });
      else this.#waiting.push({ submission, deadlineMs, answer });
    });
  }

  /** An idle worker that has not died while it was idle. */
  #takeIdle(): Seat | undefined {
    for (let seat = this.#idle.pop(); seat; seat = this.#idle.pop()) {
      if (seat.alive) return seat;
      this.#lost(seat, "ended");
    }
    return undefined;
  }

  /** Ends each worker once there is nothing left for it; every post taken on is still answered. */
  retire(): void {
    this.#retiring = true;
    for (const seat of this.#idle.splice(0)) this.#end(seat);
  }

  /** Ends every worker; what still waits is answered `undecided/engine`. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#giveUpWaiting();
    for (const seat of this.#seats) seat.discard("undecided/engine");
  }
}
