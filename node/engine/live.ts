/**
 * The engine in force, and how another takes its place: a changed policy is compiled and put to the test beside the one at work,
 * which goes on answering. Only when it holds does it get the next post; when not, the last good one stays.
 */
import { statSync } from "node:fs";
import type { Agent, EngineVersion, Setup, Submission } from "countersign";
import { EnginePool, type PoolOptions } from "./pool.js";
import type { Judgement } from "./source.js";

/** How an engine is kept up to date. */
export type LiveOptions = Omit<PoolOptions, "setup"> & {
  /** Reads policy and rules anew; throws what is wrong with them. */
  read: () => Setup;
  /** The policy file to watch. */
  policyFile?: string | undefined;
  /** What the store adds to the setup; nothing when left out. */
  extra?: Extra;
  /** Whether an engine still tells good from bad. */
  prove: (pool: EnginePool) => Promise<boolean>;
  now: () => Date;
};

/** What the store adds to a setup, such as exceptions. */
export type Extra = {
  /** Changes whenever what is added does. */
  mark(): Promise<string>;
  /** The setup with what is added. */
  amend(setup: Setup): Promise<Setup>;
};

/** A setup that was not put in force: when (RFC 3339), and what is wrong with it. */
export type Refused = { at: string; error: string };

/** What came of a reload. */
export type Reloaded = { ok: true; engine: EngineVersion | null } | { ok: false; error: string };

/** What changes when a file is written; one that is gone, or cannot be looked at, has changed too. */
function mark(file: string | undefined): string {
  if (file === undefined) return "";
  try {
    const { mtimeNs, ctimeNs, size, ino } = statSync(file, { bigint: true });
    return [mtimeNs, ctimeNs, size, ino].join(" ");
  } catch {
    return "gone";
  }
}

async function marks({ policyFile, extra }: LiveOptions): Promise<string> {
  return `${mark(policyFile)} ${(await extra?.mark()) ?? ""}`;
}

/** The engine in force. */
export class LiveEngine {
  /** The newest setup, when it was refused: the one before it is in force. */
  refused: Refused | undefined;
  #options: LiveOptions;
  #pool: EnginePool;
  #seen: string;
  #reloading: Promise<Reloaded> | undefined;
  #closed = false;

  private constructor(options: LiveOptions, pool: EnginePool, seen: string) {
    this.#options = options;
    this.#pool = pool;
    this.#seen = seen;
  }

  /**
   * Starts the first engine.
   *
   * @throws Error with the engine's own words when it refuses policy or rules: at the start there is no last good one
   */
  static async start(options: LiveOptions): Promise<LiveEngine> {
    const { read, prove: _, extra, ...pool } = options;
    const seen = await marks(options);
    const setup = read();
    return new LiveEngine(options, await EnginePool.start({ ...pool, setup: extra ? await extra.amend(setup) : setup }), seen);
  }

  /** The versions in force; null until an engine has started. */
  get version(): EngineVersion | null {
    return this.#pool.version;
  }

  /** The agents the policy in force registers. */
  get agents(): readonly Agent[] {
    return this.#pool.agents;
  }

  /** Judges a post with the engine in force. Never rejects. */
  check(submission: Submission, deadlineMs?: number): Promise<Judgement> {
    return this.#pool.check(submission, deadlineMs);
  }

  /** Resolves when a policy file, or what the store adds, changed before this call has been put in force, or refused. */
  async settled(): Promise<void> {
    await this.#reloading;
    if ((await marks(this.#options)) !== this.#seen) await this.reload();
  }

  /** Reads policy and rules anew and puts them in force, or says why not. */
  reload(): Promise<Reloaded> {
    this.#reloading ??= this.#reload().finally(() => {
      this.#reloading = undefined;
    });
    return this.#reloading;
  }

  async #reload(): Promise<Reloaded> {
    const { log, now } = this.#options;
    try {
      this.#seen = await marks(this.#options);
      const former = this.#pool;
      this.#pool = await this.#proven();
      former.retire();
      this.refused = undefined;
      log.log("info", "policy/reloaded", { policy: this.version?.policy });
      return { ok: true, engine: this.version };
    } catch (cause) {
      const error = cause instanceof Error ? cause.message : String(cause);
      this.refused = { at: now().toISOString(), error };
      log.log("error", "policy/refused", { error, inForce: this.version?.policy });
      return { ok: false, error };
    }
  }

  async #proven(): Promise<EnginePool> {
    const { read, prove, extra, ...options } = this.#options;
    const setup = read();
    // Whoever rewrites a file empties it first: for that moment it must not mean "all defaults".
    if (options.policyFile !== undefined && setup.policy?.trim() === "")
      throw new Error("the policy file is empty, perhaps half written: write the policy, or a comment when the defaults are meant");
    const pool = await EnginePool.start({ ...options, setup: extra ? await extra.amend(setup) : setup });
    if (!this.#closed && (await prove(pool))) return pool;
    await pool.close();
    throw new Error("with this policy the engine no longer tells a known-bad post from a known-good one: correct the policy");
  }

  /** Ends the engine. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#reloading;
    await this.#pool.close();
  }
}
