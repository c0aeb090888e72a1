/**
 * Hears of what other processes committed: a connection of its own that listens, made anew when it is lost, and a slow look at the
 * log for what is said while nobody listens.
 */
import type { Kysely } from "kysely";
import type pg from "pg";
import type { Tables } from "./tables.js";

/** The channel the audit log's trigger notifies. */
export const CHANNEL = "countersign";

/** Milliseconds between looks, whether or not a notification came. */
const LOOK_MS = 5_000;

/** Milliseconds before a lost connection is made anew. */
const AGAIN_MS = 1_000;

/** Rings whenever the audit log grew. */
export class Listener {
  #connect: () => pg.Client;
  #db: Kysely<Tables>;
  #client: pg.Client | undefined;
  #timers = new Set<NodeJS.Timeout>();
  #lookMs: number;
  #seen = 0;
  #closed = false;
  #ring: () => void = () => undefined;

  /**
   * @param connect makes a connection, not yet open
   * @param lookMs milliseconds between looks
   */
  constructor(connect: () => pg.Client, db: Kysely<Tables>, lookMs = LOOK_MS) {
    this.#connect = connect;
    this.#db = db;
    this.#lookMs = lookMs;
  }

  /** Begins to listen; calls `ring` at every commit from now on. */
  start(ring: () => void): void {
    this.#ring = ring;
    void this.#listen();
    this.#later(this.#lookMs, () => this.#look());
  }

  #later(ms: number, work: () => Promise<void>) {
    if (this.#closed) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void work();
    }, ms).unref();
    this.#timers.add(timer);
  }

  async #listen() {
    if (this.#closed) return;
    const client = this.#connect();
    let lost = false;
    const again = () => {
      if (lost) return;
      lost = true;
      client.end().catch(() => undefined);
      this.#later(AGAIN_MS, () => this.#listen());
    };
    client
      .on("error", again)
      .on("end", again)
      .on("notification", () => this.#ring());
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch {
      return again();
    }
    if (this.#closed) return void client.end();
    this.#client = client;
    // What was said before it listened, it has missed.
    this.#ring();
  }

  async #look() {
    const last = await this.#db
      .selectFrom("audit")
      .select("seq")
      .orderBy("seq", "desc")
      .limit(1)
      .executeTakeFirst()
      .catch(() => undefined);
    if (last !== undefined && last.seq > this.#seen) {
      this.#seen = last.seq;
      this.#ring();
    }
    this.#later(this.#lookMs, () => this.#look());
  }

  /** Stops listening. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#client?.end().catch(() => undefined);
  }
}
