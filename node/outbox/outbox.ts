/**
 * Posts that were let through and have to reach the host: written in the transaction that let them through, handed over after it,
 * again and again until the host confirms. A crash in between delays a publication and never loses one.
 */
import type { ApprovedPost } from "../api/host.js";
import { append } from "../audit/chain.js";
import type { Context } from "../context.js";
import type { Queries } from "../store/tables.js";

/** Puts a post into the outbox, within the caller's transaction. */
export async function enqueue(queries: Queries, post: ApprovedPost, at: string): Promise<void> {
  await queries
    .insertInto("outbox")
    .values({ postId: post.id, kind: "publish", payload: JSON.stringify(post), attempts: 0, nextAt: at, doneAt: null })
    .execute();
}

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 300_000;

const backoff = (attempts: number) => Math.min(FIRST_RETRY_MS * 2 ** attempts, LONGEST_RETRY_MS);

/** Hands posts over. */
export class Outbox {
  #context: Context;
  #publish: (post: ApprovedPost) => Promise<void> | void;
  #running: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(context: Context, publish: (post: ApprovedPost) => Promise<void> | void) {
    this.#context = context;
    this.#publish = publish;
  }

  /** How many posts the host has not confirmed. */
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

  async #round() {
    if (this.#closed) return;
    const { db, now } = this.#context;
    const due = await db
      .selectFrom("outbox")
      .selectAll()
      .where("doneAt", "is", null)
      .where("nextAt", "<=", now().toISOString())
      .orderBy("id")
      .execute();
    for (const row of due) if (!this.#closed) await this.#hand(row);
    await this.#schedule();
  }

  async #hand(row: { id: number; postId: string; payload: string; attempts: number }) {
    try {
      await this.#publish(JSON.parse(row.payload));
    } catch {
      return this.#postpone(row);
    }
    const at = this.#context.now().toISOString();
    await this.#context.db.transaction().execute(async (queries) => {
      await queries
        .updateTable("outbox")
        .set({ doneAt: at, attempts: row.attempts + 1 })
        .where("id", "=", row.id)
        .execute();
      await append(queries, [
        { at, actor: "countersign", action: "delivered", postId: row.postId, detail: { attempts: row.attempts + 1 } },
      ]);
    });
    this.#context.changed.ring();
  }

  async #postpone(row: { id: number; postId: string; attempts: number }) {
    const { db, now, log } = this.#context;
    const nextAt = new Date(now().getTime() + backoff(row.attempts)).toISOString();
    await db
      .updateTable("outbox")
      .set({ attempts: row.attempts + 1, nextAt })
      .where("id", "=", row.id)
      .execute();
    log.log("error", "outbox/publish-failed", { post: row.postId, attempts: row.attempts + 1 });
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
    void this.#safely();
  }

  /** Waits for the hand-over under way and starts no other. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#running.catch(() => undefined);
  }
}
