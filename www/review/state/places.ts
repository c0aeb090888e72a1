// Where the moderator is: the section, the view, the post, kept in the address so that back and forward and a sent link work.
import type { PostDetail } from "../api/types.js";
import type { Bench } from "./bench.js";
import { shown } from "./groups.js";
import type { List } from "./list.js";
import { neighbour } from "./order.js";
import { isQueue, readRoute, writeRoute } from "./route.js";
import type { State } from "./state.js";
import { sameList, type View } from "./view.js";

/** What the browser's history keeps of a move. */
export type Keep = "push" | "replace" | "keep";

/** The acts of moving about. */
export class Places {
  readonly #bench: Bench;
  readonly #list: List;
  readonly #sections: readonly string[];
  /** The post after the one that is open, read ahead: the next one is there before it is asked for. */
  #ahead: PostDetail | null = null;

  constructor(bench: Bench, list: List, sections: readonly string[]) {
    this.#bench = bench;
    this.#list = list;
    this.#sections = sections;
  }

  get #state(): State {
    return this.#bench.state;
  }

  #address(keep: Keep): void {
    if (keep === "keep") return;
    const { section, path, view, cursor } = this.#state;
    const hash = writeRoute(section === "queue" ? { section: "queue", view, id: cursor } : { section, path });
    if (hash === location.hash) return;
    if (keep === "push") history.pushState(null, "", hash);
    else history.replaceState(null, "", hash);
  }

  /** Goes to an address, from a link of the page. */
  follow(hash: string): void {
    history.pushState(null, "", hash);
    void this.go(hash);
  }

  /** Shows what an address says. */
  async go(hash: string): Promise<void> {
    const route = readRoute(hash, this.#sections);
    const path = isQueue(route) ? "" : route.path;
    if (route.section !== this.#state.section || path !== this.#state.path)
      this.#bench.dispatch({ type: "section/shown", section: route.section, path });
    if (!isQueue(route)) return;
    const idle = this.#state.queue.status === "idle";
    this.view(route.view, "keep", idle);
    if (route.id !== this.#state.cursor) this.select(route.id, "keep");
    this.#bench.dispatch({ type: "pane/shown", pane: route.id ? "post" : "queue" });
  }

  /** Shows another view of the queue; `anew` reads it even when it is the same. */
  view(view: View, keep: Keep = "push", anew = false): void {
    const before = this.#state.view;
    const same = sameList(view, before);
    this.#bench.dispatch({ type: "view/changed", view });
    this.#address(keep);
    if (same && !anew) return;
    void this.#list.load();
    if (anew || view.tab !== before.tab) void this.#list.facets();
  }

  /** Puts the cursor on a post and reads it. */
  select(id: string | null, keep: Keep = "push"): void {
    const detail = id !== null && this.#ahead?.id === id ? this.#ahead : null;
    this.#bench.dispatch({ type: "cursor/moved", id, detail });
    this.#address(keep);
    if (id) void this.read(id).then(() => this.#readAhead());
  }

  /** Moves the cursor `by` posts along the list. */
  move(by: number): void {
    const { queue, view, cursor } = this.#state;
    const id = neighbour(shown(queue.items, view.group), cursor, by);
    if (id && id !== cursor) this.select(id, "replace");
  }

  /** The post that is due after `id` is done with; null when it is the only one. */
  following(id: string): string | null {
    const { queue, view } = this.#state;
    const posts = shown(queue.items, view.group);
    const next = neighbour(posts, id, 1);
    const other = next === id ? neighbour(posts, id, -1) : next;
    return other === id ? null : other;
  }

  /** Shows the post at the cursor, or the queue, on a screen that has room for one. */
  show(pane: State["pane"]): void {
    if (pane === "post" && !this.#state.cursor) this.move(0);
    this.#bench.dispatch({ type: "pane/shown", pane });
  }

  /** Reads one post. */
  async read(id: string): Promise<void> {
    const answer = await this.#bench.client.post(id);
    if (answer.ok) this.#bench.dispatch({ type: "post/received", detail: answer.value });
    else this.#bench.dispatch({ type: "post/failed", id, problem: this.#bench.problem(answer.problem) });
  }

  async #readAhead(): Promise<void> {
    const { cursor } = this.#state;
    const next = cursor === null ? null : this.following(cursor);
    if (next === null || this.#ahead?.id === next) return;
    const answer = await this.#bench.client.post(next);
    if (answer.ok) this.#ahead = answer.value;
  }
}
