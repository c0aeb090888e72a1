// Holds the page's state and tells who listens when it was replaced.
import type { Action } from "./actions.js";
import { reduce } from "./reduce.js";
import type { State } from "./state.js";

/** The page's state and the way to change it. */
export class Store {
  readonly #listeners = new Set<(state: State, before: State) => void>();
  state: State;

  constructor(state: State) {
    this.state = state;
  }

  /** Replaces the state and calls every listener, once, when it changed. */
  dispatch(action: Action): void {
    const before = this.state;
    this.state = reduce(before, action);
    if (this.state === before) return;
    for (const listener of this.#listeners) listener(this.state, before);
  }

  /** Calls `listener` after every change until the returned function is called. */
  subscribe(listener: (state: State, before: State) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
