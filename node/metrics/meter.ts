/**
 * What this process counts for Prometheus while it works. Labels are codes, rule ids and words of the gate's own: never a name, a
 * text or anything else a post or a request brings along.
 */
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Outcome } from "../api/host.js";
import type { Fields, Level, Logger } from "../log.js";

/** Seconds: the engine answers in well under a millisecond, and is stopped after a quarter of a second. */
const VERDICT = [0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];
/** Seconds: a post held as it is written, or imported after days. */
const HOLD = [0.1, 0.5, 1, 5, 30, 60, 300, 1_800, 3_600, 14_400, 86_400];
/** Seconds: from a fast hand to a long weekend. */
const DECISION = [10, 30, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400, 259_200];

/** The most rules told apart; the rest counts as `other`. */
export const MOST_RULES = 1_000;
const RULE = /^[a-z0-9][a-z0-9-]{0,40}\/[a-z0-9][a-z0-9-]{0,80}$/u;
const CODE = /^undecided\/[a-z-]{1,40}$/u;

type Made = { name: string; help: string };

/** The counters of one gate. */
export class Meter {
  readonly registry = new Registry();
  #rules = new Set<string>();
  readonly #submissions = this.#counter("submissions_total", "submissions by what became of them", ["action"]);
  readonly #undecided = this.#counter("undecided_total", "submissions the engine could not decide, by code", ["code"]);
  readonly #findings = this.#counter("findings_total", "findings by rule", ["rule"]);
  readonly #events = this.#counter("log_events_total", "log events by level and name", ["level", "event"]);
  readonly #restarts = this.#counter("engine_restarts_total", "engines replaced, by reason", ["reason"]);
  readonly #failures = this.#counter("outbox_failures_total", "hand-overs the host did not confirm, by kind", ["kind"]);
  readonly #store = this.#counter("store_errors_total", "operations the store failed", []);
  readonly #submit = this.#histogram("submit_seconds", "from submission to a durable answer", VERDICT);
  readonly #verdict = this.#histogram("verdict_seconds", "one post in the engine, waiting for one included", VERDICT);
  readonly #hold = this.#histogram("time_to_hold_seconds", "from the post's own time to its hold", HOLD);
  readonly #streams = this.gauge("event_streams", "pages that listen for changes", []);
  /** From submission to decision. */
  readonly decided = this.#histogram("time_to_decision_seconds", "from hold to a moderator's decision", DECISION);
  /** Entries of the audit log, whichever process wrote them. */
  readonly entries = this.#counter("audit_entries_total", "entries of the audit log since this process started, by action", ["action"]);
  /** Claims among them. */
  readonly claims = this.#counter("claims_total", "posts claimed since this process started", []);
  /** Sign-ins among them. */
  readonly signIns = this.#counter("sign_ins_total", "sign-ins to the gate itself since this process started, by result", ["result"]);

  #made(name: string, help: string): Made & { registers: Registry[] } {
    return { name: `countersign_${name}`, help, registers: [this.registry] };
  }

  #counter<L extends string>(name: string, help: string, labelNames: L[]): Counter<L> {
    return new Counter({ ...this.#made(name, help), labelNames });
  }

  #histogram(name: string, help: string, buckets: number[]): Histogram {
    return new Histogram({ ...this.#made(name, help), buckets });
  }

  /** A gauge of this registry. */
  gauge<L extends string>(name: string, help: string, labelNames: L[]): Gauge<L> {
    return new Gauge({ ...this.#made(name, help), labelNames });
  }

  /** A rule as a label: its id, while there are not too many. */
  #rule(id: string): string {
    if (!RULE.test(id) || (this.#rules.size >= MOST_RULES && !this.#rules.has(id))) return "other";
    this.#rules.add(id);
    return id;
  }

  /**
   * Counts a submission and how long it took.
   *
   * @param at when the post was written, RFC 3339, as the host says
   */
  async submission(now: () => Date, at: string | undefined, work: Promise<Outcome>): Promise<Outcome> {
    const stop = this.#submit.startTimer();
    const outcome = await work;
    stop();
    const { action, undecided, verdict } = outcome;
    this.#submissions.inc({ action });
    if (undecided !== undefined) this.#undecided.inc({ code: CODE.test(undecided) ? undecided : "other" });
    for (const { rule } of verdict?.findings ?? []) this.#findings.inc({ rule: this.#rule(rule) });
    const waited = action === "hold" && at !== undefined ? now().getTime() - Date.parse(at) : Number.NaN;
    if (waited >= 0) this.#hold.observe(waited / 1_000);
    return outcome;
  }

  /** Times one post in the engine. */
  async verdict<T>(work: Promise<T>): Promise<T> {
    const stop = this.#verdict.startTimer();
    const answer = await work;
    stop();
    return answer;
  }

  /** Counts a page that listens; the returned function counts it out, once. */
  listening(): () => void {
    this.#streams.inc();
    let listens = true;
    return () => {
      if (listens) this.#streams.dec();
      listens = false;
    };
  }

  /** Counts an operation the store failed. */
  storeFailed(): void {
    this.#store.inc();
  }

  #noticed(level: Level, event: string, fields: Fields | undefined) {
    this.#events.inc({ level, event });
    if (event === "engine/replaced") this.#restarts.inc({ reason: String(fields?.reason ?? "unknown") });
    if (event === "store/failed" || event === "outbox/store-failed") this.storeFailed();
    const kind = /^outbox\/(\w+)-failed$/u.exec(event)?.[1];
    if (kind !== undefined && kind !== "store") this.#failures.inc({ kind });
  }

  /** The same logger, with its events counted; the quieter ones it does not write too. */
  counted(logger: Logger): Logger {
    return {
      log: (level, event, fields) => {
        this.#noticed(level, event, fields);
        logger.log(level, event, fields);
      },
    };
  }
}
