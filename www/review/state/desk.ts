// What a moderator can do at the desk, by subject. Every act asks the service and tells the store what came of it.
import { createClient } from "../api/client.js";
import type { Http } from "../api/http.js";
import { Bench } from "./bench.js";
import { BulkActs } from "./bulk.js";
import { Decisions } from "./decisions.js";
import { List } from "./list.js";
import { Places } from "./places.js";
import { Selection } from "./selection.js";
import type { Dialog, Notice, Settings, State } from "./state.js";
import type { Store } from "./store.js";

/** The acts of the page. One instance per page. */
export class Desk {
  readonly #bench: Bench;
  /** Calls of the service, for sections that bring their own. */
  readonly http: Http;
  readonly list: List;
  readonly places: Places;
  readonly selection: Selection;
  readonly decisions: Decisions;
  readonly bulk: BulkActs;

  /** @param sections the ids of the sections there are */
  constructor(store: Store, http: Http, sections: readonly string[]) {
    this.http = http;
    this.#bench = new Bench(store, createClient(http));
    this.list = new List(this.#bench);
    this.places = new Places(this.#bench, this.list, sections);
    this.selection = new Selection(this.#bench);
    const decided = () => void this.list.count();
    this.decisions = new Decisions(this.#bench, this.places, decided);
    this.bulk = new BulkActs(this.#bench, this.selection, this.decisions, decided);
  }

  get state(): State {
    return this.#bench.state;
  }

  /** Finds out who is looking. */
  async open(): Promise<boolean> {
    const answer = await this.#bench.client.session();
    if (answer.ok) this.#bench.dispatch({ type: "access/granted", session: answer.value });
    else this.#bench.deny(answer.problem);
    if (answer.ok) void this.list.views();
    return answer.ok;
  }

  /** Opens what lies over the page and decides nothing by itself. */
  show(dialog: Extract<Dialog, "help" | "save">): void {
    this.#bench.dispatch({ type: "dialog/opened", dialog });
  }

  close(): void {
    this.#bench.dispatch({ type: "dialog/closed" });
  }

  set(settings: Partial<Settings>): void {
    this.#bench.dispatch({ type: "settings/changed", settings });
  }

  /** Says a sentence once; for sections too. */
  tell(notice: Notice): void {
    this.#bench.dispatch({ type: "notice/shown", notice });
  }

  /** The time to take a decision back is over. */
  expire(): void {
    this.#bench.dispatch({ type: "undo/offered", undo: null });
  }

  dismiss(): void {
    this.#bench.dispatch({ type: "notice/cleared" });
  }
}
