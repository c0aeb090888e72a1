/**
 * What has to reach the host: written in the transaction that decided it, handed over after it, again and again until the host
 * confirms. A crash in between delays a hand-over and never loses one.
 *
 * Several processes may share one outbox: whoever hands a row over first moves the time it is due, and the others let it be. When
 * that process dies, the row is due again.
 */
import type { Selectable } from "kysely";
import type { GateOptions } from "../api/host.js";
import { append } from "../audit/chain.js";
import type { Context } from "../context.js";
import type { OutboxTable, Queries } from "../store/tables.js";

/** The host's own functions. */
export type Host = Pick<GateOptions, "publish" | "withdraw" | "notify">;

type Row = Selectable<OutboxTable>;

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 300_000;

/** Milliseconds a process has to hand a row over before another may: longer than any forum takes to store a post. */
export const LEASE_MS = 30_000;

/** Rows that are read at once: each carries a whole post. */
const BATCH = 100;

/** What the audit log calls a confirmed hand-over; a word to a person is none. */
const CONFIRMED: Record<Row["kind"], string | null> = { publish: "delivered", withdraw: "taken-down", notice: null };

const backoff = (attempts: number) => Math.min(FIRST_RETRY_MS * 2 ** attempts, LONGEST_RETRY_MS);

/** Hands over. */
export class Outbox {
  #context: Context;
  #host: Host;
  #running: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  /** Whether a hand-over is asked for that has not begun: whoever asks too is served by it. */
  #asked = false;

  constructor(context: Context, host: Host) {
    this.#context = context;
    this.#host = host;
  }

  /** How many hand-overs the host has not confirmed. */
  async pending(): Promise<number> {
    const row = await this.#context.db
      .selectFrom("outbox")
      .select((select) => select.fn.countAll<number>().as("count"))
      .where("doneAt", "is", null)
      .executeTakeFirstOrThrow();
    return Number(row.count);
  }

  /** Hands over everything that is due, after the hand-overs already asked for. */
  drain(): Promise<void> {
    const turn = this.#running.catch(() => undefined).then(() => this.#round());
    this.#running = turn;
    return turn;
  }

  /** What is due after the row `id`, oldest first; no more than is handed over in a while. */
  #due(id: number): Promise<Row[]> {
    const due = this.#context.db.selectFrom("outbox").selectAll().where("doneAt", "is", null).where("nextAt", "<=", this.#later(0));
    return due.where("id", ">", id).orderBy("id").limit(BATCH).execute();
  }

  async #round() {
    this.#asked = false;
    let last = 0;
    for (;;) {
      if (this.#closed) return;
      const due = await this.#due(last);
      for (const row of due) if (!this.#closed && (await this.#lease(row))) await this.#hand(row);
      last = due.at(-1)?.id ?? last;
      if (due.length < BATCH) break;
    }
    await this.#schedule();
  }

  #later(ms: number): string {
    return new Date(this.#context.now().getTime() + ms).toISOString();
  }

  /** Whether the row is this process's to hand over; nobody else takes it, or takes it back, from now on. */
  async #lease({ id, nextAt }: Row): Promise<boolean> {
    const update = this.#context.db.updateTable("outbox").set({ nextAt: this.#later(LEASE_MS) });
    const taken = await update.where("id", "=", id).where("nextAt", "=", nextAt).where("doneAt", "is", null).executeTakeFirstOrThrow();
    return taken.numUpdatedRows > 0n;
  }

  async #call({ kind, payload }: Row): Promise<void> {
    const { publish, withdraw, notify } = this.#host;
    const said = JSON.parse(payload);
    if (kind === "publish") return publish(said);
    if (kind === "notice") return void (await notify?.(said));
    if (withdraw === undefined) throw new Error("the host that could take posts down is gone");
    return withdraw(said);
  }

  async #hand(row: Row) {
    try {
      await this.#call(row);
    } catch {
      return this.#postpone(row);
    }
    await this.#context.db.transaction().execute((queries) => this.#confirm(queries, row));
    this.#context.changed.ring();
  }

  async #confirm(queries: Queries, { id, kind, postId, attempts: before }: Row) {
    const at = this.#later(0);
    const attempts = before + 1;
    await queries.updateTable("outbox").set({ doneAt: at, attempts }).where("id", "=", id).execute();
    const action = CONFIRMED[kind];
    if (action !== null) await append(queries, [{ at, actor: "countersign", action, postId, detail: { attempts } }]);
  }

  async #postpone({ id, kind, postId, attempts: before }: Row) {
    const { db, log } = this.#context;
    const attempts = before + 1;
    const nextAt = this.#later(backoff(before));
    await db.updateTable("outbox").set({ attempts, nextAt }).where("id", "=", id).execute();
    log.log("error", `outbox/${kind}-failed`, { post: postId, attempts });
  }

  async #schedule() {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    const next = await this.#context.db
      .selectFrom("outbox")
      .select("nextAt")
      .where("doneAt", "is", null)
      .orderBy("nextAt")
      .executeTakeFirst();
    if (!next) return;
    const wait = Math.max(FIRST_RETRY_MS, Date.parse(next.nextAt) - this.#context.now().getTime());
    this.#timer = setTimeout(() => void this.#safely(), wait).unref();
  }

  async #safely() {
    try {
      await this.drain();
    } catch {
      this.#context.log.log("error", "outbox/store-failed");
    }
  }

  /** Starts a hand-over without waiting for it. */
  kick(): void {
    if (this.#asked) return;
    this.#asked = true;
    void this.#safely();
  }

  /** Waits for the hand-over under way and starts no other. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#running.catch(() => undefined);
  }
}
