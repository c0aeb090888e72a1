// A step on many posts: first what would come of it, then the step, exactly on what was seen.

import type { Answer } from "../api/client.js";
import type { BulkRequest, BulkResult, PostSummary } from "../api/types.js";
import type { Bench } from "./bench.js";
import type { Decisions } from "./decisions.js";
import type { Selection } from "./selection.js";
import type { Bulk, BulkStep, State } from "./state.js";

/** The most posts the service takes in one request. */
const BATCH = 200;

const seen = ({ id, version, contentHash }: PostSummary) => ({ id, version, contentHash });

/** The acts on many posts. */
export class BulkActs {
  readonly #bench: Bench;
  readonly #selection: Selection;
  readonly #decisions: Decisions;
  readonly #decided: () => void;

  constructor(bench: Bench, selection: Selection, decisions: Decisions, decided: () => void) {
    this.#bench = bench;
    this.#selection = selection;
    this.#decisions = decisions;
    this.#decided = decided;
  }

  get #state(): State {
    return this.#bench.state;
  }

  async #send(posts: readonly PostSummary[], request: Omit<BulkRequest, "posts">): Promise<Answer<BulkResult>> {
    const results: BulkResult["results"] = [];
    for (let from = 0; from < posts.length; from += BATCH) {
      const batch = posts.slice(from, from + BATCH).map(seen);
      const answer = await this.#bench.client.bulk({ ...request, posts: batch });
      if (!answer.ok) return answer;
      results.push(...answer.value.results);
    }
    return { ok: true, value: { results } };
  }

  /** Opens the form of a step on the chosen posts and finds out what would come of it. */
  async ask(step: BulkStep): Promise<void> {
    const posts = this.#selection.posts;
    if (posts.length === 0 || this.#state.session?.moderator.role === "auditor") return;
    this.#bench.dispatch({ type: "bulk/asked", step, posts });
    const answer = await this.#send(posts, { step, preview: true });
    if (this.#state.bulk?.posts !== posts) return;
    this.#bench.dispatch({ type: "bulk/changed", bulk: answer.ok ? ready(answer.value) : this.#failed(answer.problem) });
  }

  #failed(problem: Parameters<Bench["problem"]>[0]): Partial<Bulk> {
    return { status: "failed", problem: this.#bench.problem(problem) };
  }

  /** Takes the step on every post it was found possible for. */
  async confirm(comment?: string): Promise<void> {
    const { bulk } = this.#state;
    if (bulk?.status !== "ready") return;
    const possible = new Set(bulk.results.flatMap((result) => (result.ok ? [result.id] : [])));
    const posts = bulk.posts.filter(({ id }) => possible.has(id));
    if (posts.length === 0) return;
    this.#bench.dispatch({ type: "bulk/changed", bulk: { status: "sending" } });
    const answer = await this.#send(posts, { step: bulk.step, ...(comment ? { comment } : {}) });
    if (!answer.ok) return this.#bench.dispatch({ type: "bulk/changed", bulk: this.#failed(answer.problem) });
    this.#finish(bulk.step, posts, answer.value.results);
  }

  #finish(step: BulkStep, posts: readonly PostSummary[], results: BulkResult["results"]): void {
    this.#bench.dispatch({ type: "bulk/done", results });
    const done = results.flatMap((result) => (result.ok ? [result] : []));
    const refused = results.length - done.length;
    const words = refused ? "done.bulk.some" : "done.bulk";
    const values = { count: done.length, refused, step: step };
    this.#bench.dispatch({ type: "notice/shown", notice: { tone: refused ? "bad" : "good", words, values } });
    if (step !== "claim" && step !== "release" && step !== "escalate") this.#offerUndo(posts, done);
    this.#decided();
  }

  #offerUndo(posts: readonly PostSummary[], done: readonly { id: string; version: number }[]): void {
    const hashes = new Map(posts.map(({ id, contentHash }) => [id, contentHash]));
    this.#decisions.offerUndo(done.map(({ id, version }) => ({ id, version, contentHash: hashes.get(id) ?? "" })));
  }
}

const ready = ({ results }: BulkResult): Partial<Bulk> => ({ status: "ready", results });
