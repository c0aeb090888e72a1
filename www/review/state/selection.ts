// Choosing posts of the list for a step on all of them.
import type { PostSummary } from "../api/types.js";
import type { Bench } from "./bench.js";
import { shown } from "./groups.js";

/** The acts of choosing. */
export class Selection {
  readonly #bench: Bench;
  /** Where a range begins: the post chosen last. */
  #anchor: string | null = null;

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  get #posts(): readonly PostSummary[] {
    const { queue, view } = this.#bench.state;
    return shown(queue.items, view.group);
  }

  /** The chosen posts, in the order they are shown. */
  get posts(): readonly PostSummary[] {
    const { selected } = this.#bench.state;
    return selected.size ? this.#posts.filter(({ id }) => selected.has(id)) : [];
  }

  #set(selected: ReadonlySet<string>): void {
    this.#bench.dispatch({ type: "selection/changed", selected });
  }

  /** Chooses a post, or no longer. */
  toggle(id: string | null): void {
    if (id === null) return;
    const selected = new Set(this.#bench.state.selected);
    if (!selected.delete(id)) selected.add(id);
    this.#anchor = id;
    this.#set(selected);
  }

  /** Chooses every post from the one chosen last to `id`. */
  extend(id: string): void {
    const posts = this.#posts;
    const from = posts.findIndex((post) => post.id === (this.#anchor ?? this.#bench.state.cursor));
    const to = posts.findIndex((post) => post.id === id);
    if (to < 0) return;
    const range = from < 0 ? [id] : posts.slice(Math.min(from, to), Math.max(from, to) + 1).map((post) => post.id);
    this.#set(new Set([...this.#bench.state.selected, ...range]));
  }

  /** Chooses all that is loaded, or nothing when all of it is chosen. */
  all(): void {
    const posts = this.#posts;
    const every = posts.every(({ id }) => this.#bench.state.selected.has(id));
    this.#set(new Set(every ? [] : posts.map(({ id }) => id)));
  }

  clear(): void {
    this.#anchor = null;
    if (this.#bench.state.selected.size) this.#set(new Set());
  }
}
