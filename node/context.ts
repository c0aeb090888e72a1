/**
 * What every room of the gate may use, handed down from `createGate`: no room reaches for a clock, a database or a log of its own.
 */
import type { Kysely } from "kysely";
import type { Notice } from "./api/host.js";
import type { CannedReason } from "./api/schema.js";
import type { Signer } from "./grants/signer.js";
import type { Logger } from "./log.js";
import type { Tables } from "./store/tables.js";

/** What the host set about deciding: milliseconds a decision can be undone and a claim lasts, and reasons often given. */
export type DeskSettings = { undoMs: number; claimMs: number; reasons: CannedReason[] };

/** What every room may use. */
export type Context = {
  db: Kysely<Tables>;
  desk: DeskSettings;
  now(): Date;
  log: Logger;
  signer: Signer;
  /** Tells whoever listens that the audit log grew; called after a commit. */
  changed: Signal;
  notify(notice: Notice): void;
  /** Aborts when the gate closes: what still streams has to end. */
  ended: AbortSignal;
};

/** A bell without a message: listeners look for themselves what is new. */
export class Signal {
  #listeners = new Set<() => void>();

  /** Rings. */
  ring(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** Calls `listener` at every ring until the returned function is called. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves at the next ring, or after `ms` milliseconds. Take it before looking for news, so that none falls between. */
  next(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        stop();
        resolve();
      };
      const timer = setTimeout(done, ms);
      const stop = this.listen(done);
      timer.unref();
    });
  }
}
