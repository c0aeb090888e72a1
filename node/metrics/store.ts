/**
 * What the store knows, read when it is asked for: how the queue stands, and what the audit log says has happened since the last
 * time. So nothing has to be counted where it happens, and several processes on one store tell the same.
 */
import type { Gauge } from "prom-client";
import type { Context } from "../context.js";
import type { AuditTable, Queries } from "../store/tables.js";
import type { Meter } from "./meter.js";

const PAGE = 1_000;

/** The most pages of the log read at once; what is left is read the next time. */
const MOST_PAGES = 100;

const SEVERITIES = ["none", "low", "medium", "high", "critical", "unread"];
const DECISIONS = new Set(["approved", "redacted", "rejected", "returned"]);
const SIGN_INS: Record<string, string> = { "signed-in": "let-in", "sign-in-refused": "refused" };

/** Every word of the log is the gate's own; should one not look so, it is no label. */
const WORD = /^[a-z-]{1,40}$/u;

type Gauges = Record<"posts", Gauge<"state" | "severity">> & Record<"oldest" | "pending" | "failing" | "up", Gauge>;

/** Reads the store for a meter. */
export class StoreMeter {
  #context: Context;
  #meter: Meter;
  #gauges: Gauges;
  #seen: number | undefined;

  constructor(context: Context, meter: Meter) {
    this.#context = context;
    this.#meter = meter;
    this.#gauges = {
      posts: meter.gauge("posts", "posts on record, by state and severity", ["state", "severity"]),
      oldest: meter.gauge("oldest_open_seconds", "how long the longest waiting open post has waited; 0 when none is", []),
      pending: meter.gauge("outbox_pending", "hand-overs the host has not confirmed", []),
      failing: meter.gauge("outbox_failing", "those of them that failed at least once", []),
      up: meter.gauge("store_up", "1 when the store answered just now", []),
    };
  }

  /** From when on the log counts: the moment this process started. */
  async start(): Promise<void> {
    const last = await this.#context.db.selectFrom("audit").select("seq").orderBy("seq", "desc").limit(1).executeTakeFirst();
    this.#seen = last?.seq ?? 0;
  }

  /** Brings everything up to date; a store that does not answer is told of and nothing else fails. */
  async read(): Promise<void> {
    const { db, log } = this.#context;
    try {
      await Promise.all([this.#queue(db), this.#outbox(db), this.#follow(db)]);
      this.#gauges.up.set(1);
    } catch {
      this.#gauges.up.set(0);
      this.#meter.storeFailed();
      log.log("error", "metrics/store-failed");
    }
  }

  async #queue(db: Queries) {
    const { posts, oldest } = this.#gauges;
    const totals = await db
      .selectFrom("totals")
      .select((select) => ["state" as const, "severity" as const, select.fn.sum<number>("count").as("count")])
      .groupBy(["state", "severity"])
      .execute();
    posts.reset();
    for (const { state, severity, count } of totals) posts.set({ state, severity: SEVERITIES[severity] ?? "other" }, Number(count));
    const first = await db
      .selectFrom("posts")
      .select((select) => select.fn.min("submittedAt").as("at"))
      .where("state", "in", ["held", "claimed"])
      .executeTakeFirst();
    const waited = first?.at ? this.#context.now().getTime() - Date.parse(first.at) : 0;
    oldest.set(Math.max(0, waited / 1_000));
  }

  async #outbox(db: Queries) {
    const open = db
      .selectFrom("outbox")
      .select((select) => select.fn.countAll<number>().as("count"))
      .where("doneAt", "is", null);
    const [pending, failing] = await Promise.all([open.executeTakeFirst(), open.where("attempts", ">", 0).executeTakeFirst()]);
    this.#gauges.pending.set(Number(pending?.count ?? 0));
    this.#gauges.failing.set(Number(failing?.count ?? 0));
  }

  async #follow(db: Queries) {
    for (let page = 0; page < MOST_PAGES; page++) {
      const from = this.#seen ?? 0;
      const rows = await db.selectFrom("audit").selectAll().where("seq", ">", from).orderBy("seq").limit(PAGE).execute();
      const decided = rows.filter(({ action }) => DECISIONS.has(action));
      const since = await this.#submitted(db, decided);
      // Two scrapes at once read the same page: only the first of them counts it.
      if (this.#seen !== from) return;
      this.#seen = rows.at(-1)?.seq ?? from;
      for (const row of rows) this.#count(row);
      for (const { postId, at } of decided) this.#waited(since.get(postId ?? ""), at);
      if (rows.length < PAGE) return;
    }
  }

  async #submitted(db: Queries, rows: readonly AuditTable[]): Promise<Map<string, string>> {
    const ids = [...new Set(rows.map(({ postId }) => postId).filter((id) => id !== null))];
    if (ids.length === 0) return new Map();
    const posts = await db.selectFrom("posts").select(["id", "submittedAt"]).where("id", "in", ids).execute();
    return new Map(posts.map(({ id, submittedAt }) => [id, submittedAt]));
  }

  #count({ action }: AuditTable) {
    this.#meter.entries.inc({ action: WORD.test(action) ? action : "other" });
    if (action === "claimed") this.#meter.claims.inc();
    const result = Object.hasOwn(SIGN_INS, action) ? SIGN_INS[action] : undefined;
    if (result !== undefined) this.#meter.signIns.inc({ result });
  }

  #waited(submitted: string | undefined, decided: string) {
    const waited = Date.parse(decided) - Date.parse(submitted ?? "");
    if (waited >= 0) this.#meter.decided.observe(waited / 1_000);
  }
}
