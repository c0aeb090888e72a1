// What every act of the desk works with: the state, the service, and what to do with a problem.
import type { Client } from "../api/client.js";
import type { Problem } from "../api/types.js";
import type { Action } from "./actions.js";
import type { State } from "./state.js";
import type { Store } from "./store.js";

/** One per page; the acts share it. */
export class Bench {
  readonly #store: Store;
  readonly client: Client;

  constructor(store: Store, client: Client) {
    this.#store = store;
    this.client = client;
  }

  get state(): State {
    return this.#store.state;
  }

  dispatch(action: Action): void {
    this.#store.dispatch(action);
  }

  deny({ status }: Problem): void {
    const access = status === 401 ? "signed-out" : status === 403 ? "refused" : "unreachable";
    this.dispatch({ type: "access/denied", access });
  }

  /** A refusal of the person ends the page; any other problem is a sentence where it happened. */
  problem(problem: Problem): string {
    if (problem.status === 401) this.deny(problem);
    return problem.detail || problem.title;
  }
}
