/**
 * One worker with one engine in it, and at most one post in its hands. When it overruns its deadline, traps or dies it is thrown
 * away: a WebAssembly instance that trapped is dead for good, and a hung one can only be ended with its thread.
 */
import { Worker } from "node:worker_threads";
import type { Answer, Setup, Submission } from "countersign";
import type { EngineSource, Judgement, Ready } from "./source.js";

type Message = { ready: Ready } | { failed: string } | { answer: Answer };

/** How a worker came up: with an engine, with the engine's own complaint (a policy it refuses), or not at all. */
export type Start = { ready: Ready } | { refused: string } | { died: string };

/** Milliseconds a worker may take to come up. */
const START_MS = 10_000;

/** A worker that judges one post at a time. */
export class Seat {
  readonly started: Promise<Start>;
  /** False from the moment the worker cannot be used any more. */
  alive = true;
  #worker: Worker;
  #settle: ((judgement: Judgement) => void) | undefined;

  constructor(source: EngineSource, setup: Setup) {
    const workerData = { module: source.module, setup };
    this.#worker = new Worker(new URL("./worker.mjs", import.meta.url), { workerData });
    this.#worker.unref();
    this.started = this.#start();
    this.#worker.on("message", (message: Message) => this.#reply(message));
    this.#worker.on("error", () => this.discard("undecided/trap"));
    this.#worker.on("exit", () => this.discard("undecided/trap"));
  }

  #start(): Promise<Start> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#failStart(resolve, "the engine did not start in time"), START_MS);
      const done = (start: Start) => {
        clearTimeout(timer);
        resolve(start);
      };
      this.#worker.once("message", (message: Message) => {
        if ("ready" in message) done({ ready: message.ready });
        if ("failed" in message) done({ refused: message.failed });
      });
      this.#worker.once("error", (error) => done({ died: error.message }));
      this.#worker.once("exit", (code) => done({ died: `the engine's worker ended with code ${code}` }));
    });
  }

  #failStart(resolve: (start: Start) => void, reason: string) {
    resolve({ died: reason });
    this.discard("undecided/engine");
  }

  #reply(message: Message) {
    if (!("answer" in message)) return;
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(message.answer);
  }

  /** Has one post judged; ends the worker when that takes longer than `deadlineMs`. */
  check(submission: Submission, deadlineMs: number): Promise<Judgement> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.discard("undecided/deadline"), deadlineMs);
      this.#settle = (judgement) => {
        clearTimeout(timer);
        resolve(judgement);
      };
      this.#worker.postMessage(submission);
    });
  }

  /** Ends the worker; a post in its hands gets `reason` as its answer. */
  discard(reason: "undecided/deadline" | "undecided/trap" | "undecided/engine"): void {
    if (!this.alive) return;
    this.alive = false;
    this.#settle?.({ undecided: reason });
    this.#settle = undefined;
    void this.#worker.terminate();
  }
}
