// The acts on the list: reading it page by page, searching it, and the searches a moderator keeps.
import type { PostPage } from "../api/types.js";
import type { Bench } from "./bench.js";
import type { State } from "./state.js";
import { queryOf, type View, writeView } from "./view.js";

/** How many posts are read at first: more than a screen shows. */
const FIRST = 50;
/** The most the service gives at once, and the most that is read again when many posts changed. */
const LARGEST_PAGE = 200;
const LARGEST_REFRESH = 1000;

/** The acts on the list. */
export class List {
  readonly #bench: Bench;
  /** Counts the readings: an answer to an older one is out of date. */
  #reading = 0;

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  get #state(): State {
    return this.#bench.state;
  }

  #receive(view: View, page: PostPage, append: boolean): void {
    this.#bench.dispatch({ type: "queue/received", view, page, append });
  }

  #fail(problem: Parameters<Bench["problem"]>[0]): void {
    this.#bench.dispatch({ type: "queue/failed", problem: this.#bench.problem(problem) });
  }

  /** Reads the list from its start. What is listed stays until as much of it is there again. */
  async load(): Promise<void> {
    const reading = ++this.#reading;
    const { view, queue } = this.#state;
    const wanted = Math.min(Math.max(queue.items.length, FIRST), LARGEST_REFRESH);
    this.#bench.dispatch({ type: "queue/asked" });
    let page: PostPage | null = null;
    do {
      const limit = Math.min(wanted - (page?.items.length ?? 0), LARGEST_PAGE);
      const answer = await this.#bench.client.list(queryOf(view), page?.next ?? null, limit);
      if (reading !== this.#reading) return;
      if (!answer.ok) return this.#fail(answer.problem);
      page = page ? { ...answer.value, items: [...page.items, ...answer.value.items] } : answer.value;
    } while (page.next !== null && page.items.length < wanted);
    this.#receive(view, page, false);
  }

  /** Reads the next page, unless one is on its way. */
  async more(): Promise<void> {
    const { view, queue } = this.#state;
    if (queue.next === null || queue.growing || queue.status === "loading") return;
    const reading = this.#reading;
    this.#bench.dispatch({ type: "queue/growing" });
    const answer = await this.#bench.client.list(queryOf(view), queue.next, LARGEST_PAGE);
    if (reading !== this.#reading) return;
    if (answer.ok) this.#receive(view, answer.value, true);
    else this.#fail(answer.problem);
  }

  /** Reads how many posts stand where. */
  async count(): Promise<void> {
    const answer = await this.#bench.client.list({ state: this.#state.view.tab === "escalated" ? "open" : this.#state.view.tab }, null, 1);
    if (answer.ok) this.#bench.dispatch({ type: "queue/counted", counts: answer.value.counts });
  }

  /** Reads what the tab's posts can be narrowed to. */
  async facets(): Promise<void> {
    const { tab } = this.#state.view;
    const { order: _, ...query } = queryOf({ tab, order: "critical", group: "none", narrow: {} });
    const answer = await this.#bench.client.facets(query);
    if (answer.ok && tab === this.#state.view.tab) this.#bench.dispatch({ type: "facets/received", facets: answer.value });
  }

  /** Reads the searches this moderator keeps. */
  async views(): Promise<void> {
    const answer = await this.#bench.client.views();
    if (answer.ok) this.#bench.dispatch({ type: "views/received", views: answer.value });
  }

  /** Keeps what is shown under a name; the same name is replaced. */
  async saveView(name: string): Promise<void> {
    const { view } = this.#state;
    const query = [`state=${view.tab}`, writeView(view)].filter(Boolean).join("&");
    const answer = await this.#bench.client.saveView({ name, query });
    if (!answer.ok) return this.#tell("failed.view", answer.problem);
    this.#bench.dispatch({ type: "dialog/closed" });
    this.#bench.dispatch({ type: "notice/shown", notice: { tone: "good", words: "done.view", values: { name } } });
    await this.views();
  }

  /** Forgets a search. */
  async dropView(name: string): Promise<void> {
    const answer = await this.#bench.client.dropView(name);
    if (!answer.ok) return this.#tell("failed.view", answer.problem);
    await this.views();
  }

  #tell(words: "failed.view", problem: Parameters<Bench["problem"]>[0]): void {
    this.#bench.dispatch({ type: "notice/shown", notice: { tone: "bad", words, detail: this.#bench.problem(problem) } });
  }
}
