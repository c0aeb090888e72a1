/**
 * The engine as the gate sees it: always answers, in bounded time, whatever a post does to it. A worker that fails is replaced; a
 * queue that is full answers `undecided` at once instead of letting the forum wait.
 */
import type { EngineVersion, Setup, Submission } from "countersign";
import type { Logger } from "../log.js";
import { Seat } from "./seat.js";
import type { EngineSource, Judgement, Question, Reply } from "./source.js";

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

type Waiting = { question: Question; deadlineMs: number; answer: (reply: Reply) => void };

const RESTART_MS = 200;
const MOST_OPERATORS = 10_000;

/** Workers with engines, and the posts waiting for them. */
export class EnginePool {
  /** The versions the engine named; null until one has started. */
  version: EngineVersion | null = null;
  #options: Required<Pick<PoolOptions, "deadlineMs" | "queue">> & PoolOptions;
  #idle: Seat[] = [];
  #seats = new Set<Seat>();
  #waiting: Waiting[] = [];
  // A pool has one policy for its whole life, so what it says of an agent is asked once.
  #operators = new Map<string, string | null>();
  #starting = 0;
  #failures = 0;
  #closed = false;

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
      this.version = start.ready;
      this.#failures = 0;
      this.#free(seat);
    } else this.#lost(seat, "ready" in start ? "ended" : "start");
    return start;
  }

  #free(seat: Seat) {
    const next = this.#waiting.shift();
    if (next) void this.#run(seat, next);
    else this.#idle.push(seat);
  }

  async #run(seat: Seat, { question, deadlineMs, answer }: Waiting) {
    const reply = await seat.ask(question, deadlineMs);
    answer(reply);
    if (seat.alive) this.#free(seat);
    else this.#lost(seat, "undecided" in reply ? reply.undecided : "ended");
  }

  #lost(seat: Seat, reason: string) {
    this.#seats.delete(seat);
    seat.discard("undecided/engine");
    if (this.#closed) return;
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
  async check(submission: Submission, deadlineMs = this.#options.deadlineMs): Promise<Judgement> {
    const reply = await this.#ask({ check: submission }, deadlineMs);
    if ("answer" in reply) return reply.answer;
    return "undecided" in reply ? reply : { undecided: "undecided/engine" };
  }

  /** Who operates an agent, as the policy has it; null when it does not say, or nobody can be asked. */
  async operator(agent: string): Promise<string | null> {
    const known = this.#operators.get(agent);
    if (known !== undefined) return known;
    const reply = await this.#ask({ operator: agent }, this.#options.deadlineMs);
    if (!("operator" in reply)) return null;
    if (this.#operators.size >= MOST_OPERATORS) this.#operators.clear();
    this.#operators.set(agent, reply.operator);
    return reply.operator;
  }

  #ask(question: Question, deadlineMs: number): Promise<Reply> {
    return new Promise((answer) => {
      const seat = this.#takeIdle();
      if (seat) void this.#run(seat, { question, deadlineMs, answer });
      else if (this.#closed || this.#failures > 0) answer({ undecided: "undecided/engine" });
      else if (this.#waiting.length >= this.#options.queue) answer({ undecided: "undecided/overload" });
      else this.#waiting.push({ question, deadlineMs, answer });
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

  /** Ends every worker; what still waits is answered `undecided/engine`. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#giveUpWaiting();
    for (const seat of this.#seats) seat.discard("undecided/engine");
  }
}
