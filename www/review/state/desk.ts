// What a moderator can do at the desk: every act asks the service and tells the store what came of it.
import type { Client } from "../api/client.js";
import type { PostDetail, Problem, Step } from "../api/types.js";
import { neighbour, search } from "./order.js";
import { readRoute, writeRoute } from "./route.js";
import type { Dialog, Filter, Notice, Settings, State } from "./state.js";
import { allowed } from "./steps.js";
import type { Store } from "./store.js";

/** Steps after which a post is decided and the next one is due. */
const DECISIONS: readonly Step[] = ["approve", "reject", "return"];

/** The acts of the page. One instance per page. */
export class Desk {
  readonly #store: Store;
  readonly #client: Client;

  constructor(store: Store, client: Client) {
    this.#store = store;
    this.#client = client;
  }

  get state(): State {
    return this.#store.state;
  }

  /** Finds out who is looking, then fills the page. */
  async open(): Promise<boolean> {
    const answer = await this.#client.session();
    if (!answer.ok) this.#deny(answer.problem);
    else this.#store.dispatch({ type: "access/granted", session: answer.value });
    return answer.ok;
  }

  #deny({ status }: Problem): void {
    const access = status === 401 ? "signed-out" : status === 403 ? "refused" : "unreachable";
    this.#store.dispatch({ type: "access/denied", access });
  }

  /** A refusal of the person ends the page; any other problem is a sentence where it happened. */
  #problem(problem: Problem): string {
    if (problem.status === 401) this.#deny(problem);
    return problem.detail || problem.title;
  }

  /** Goes to a tab and post, as the address says. */
  async go(hash: string): Promise<void> {
    const { filter, id } = readRoute(hash);
    if (filter !== this.state.filter || this.state.queue.status === "idle") void this.load(filter);
    if (id !== this.state.cursor) this.select(id, "keep");
    this.#store.dispatch({ type: "pane/shown", pane: id ? "post" : "queue" });
  }

  /** Reads the first page of a tab; what is already listed stays until it is there. */
  async load(filter: Filter = this.state.filter): Promise<void> {
    this.#store.dispatch({ type: "queue/asked", filter });
    const loaded = this.state.queue.items.length;
    const answer = await this.#client.list(filter, null, Math.min(Math.max(loaded, 50), 200));
    if (answer.ok) this.#store.dispatch({ type: "queue/received", filter, page: answer.value, append: false });
    else this.#store.dispatch({ type: "queue/failed", problem: this.#problem(answer.problem) });
  }

  /** Reads the next page, unless one is on its way. */
  async more(): Promise<void> {
    const { filter, queue } = this.state;
    if (queue.next === null || queue.growing) return;
    this.#store.dispatch({ type: "queue/growing" });
    const answer = await this.#client.list(filter, queue.next);
    if (answer.ok) this.#store.dispatch({ type: "queue/received", filter, page: answer.value, append: true });
    else this.#store.dispatch({ type: "queue/failed", problem: this.#problem(answer.problem) });
  }

  /** Puts the cursor on a post and reads it. `address` says what the browser's history keeps of the move. */
  select(id: string | null, address: "push" | "replace" | "keep" = "push"): void {
    this.#store.dispatch({ type: "cursor/moved", id });
    if (address === "push") history.pushState(null, "", writeRoute({ filter: this.state.filter, id }));
    if (address === "replace") history.replaceState(null, "", writeRoute({ filter: this.state.filter, id }));
    if (id) void this.read(id);
  }

  /** Moves the cursor `by` posts down the list. */
  move(by: number): void {
    const id = neighbour(search(this.state.queue.items, this.state.query), this.state.cursor, by);
    if (id && id !== this.state.cursor) this.select(id, "replace");
  }

  /** Shows the post at the cursor, or the queue, on a screen that has room for one. */
  show(pane: State["pane"]): void {
    if (pane === "post" && !this.state.cursor) this.move(0);
    this.#store.dispatch({ type: "pane/shown", pane });
  }

  /** Reads one post. */
  async read(id: string): Promise<void> {
    const answer = await this.#client.post(id);
    if (answer.ok) this.#store.dispatch({ type: "post/received", detail: answer.value });
    else this.#store.dispatch({ type: "post/failed", id, problem: this.#problem(answer.problem) });
  }

  /** Reads how many posts stand where. */
  async count(): Promise<void> {
    const answer = await this.#client.list(this.state.filter, null, 1);
    if (answer.ok) this.#store.dispatch({ type: "queue/counted", counts: answer.value.counts });
  }

  /** Whether the moderator may take a step on the open post now. The service has the last word. */
  may(step: Step): boolean {
    const { session, post, busy, conflict } = this.state;
    if (!session || !post.detail || busy || conflict) return false;
    return allowed(step, post.detail, session.moderator);
  }

  /** Claims the open post, or gives it back. */
  toggleClaim(): void {
    if (this.may("claim")) void this.take("claim");
    else if (this.may("release")) void this.take("release");
  }

  /** Takes a step on the open post, exactly as it was read. */
  async take(step: Step, comment?: string): Promise<void> {
    const { session, post } = this.state;
    if (!session || !post.detail || !this.may(step)) return;
    const { id, version, contentHash } = post.detail;
    this.#store.dispatch({ type: "step/began", step, post: post.detail, by: session.moderator.id });
    const answer = await this.#client.take({ id, step, version, contentHash, ...(comment ? { comment } : {}) });
    if (answer.ok) this.#finish(step, answer.value);
    else this.#refused(step, post.detail, answer.problem);
  }

  /** Too late when the post is another one by now; otherwise the service's reason is the answer. */
  #refused(step: Step, before: PostDetail, problem: Problem): void {
    const { current } = problem;
    const late = current && (current.version !== before.version || current.contentHash !== before.contentHash);
    if (late) this.#store.dispatch({ type: "step/late", step, before, current });
    else this.#fail(step, before, problem);
  }

  #fail(step: Step, post: PostDetail, problem: Problem): void {
    const detail = this.#problem(problem);
    const notice: Notice = { tone: "bad", words: problem.status === 0 ? "notice.unreachable" : `failed.${step}`, detail, post: post.id };
    this.#store.dispatch({ type: "step/failed", id: post.id, notice });
  }

  #finish(step: Step, detail: PostDetail): void {
    const next = neighbour(this.state.queue.items, detail.id, 1);
    const decided = DECISIONS.includes(step);
    const following = next === detail.id ? neighbour(this.state.queue.items, detail.id, -1) : next;
    this.#store.dispatch({ type: "step/done", step, detail });
    this.#store.dispatch({
      type: "notice/shown",
      notice: {
        tone: "good",
        words: step === "approve" && detail.state !== "approved" ? "done.approve-once" : `done.${step}`,
        post: detail.id,
      },
    });
    if (!decided) return;
    void this.count();
    if (this.state.cursor === detail.id && following !== detail.id) this.select(following, "replace");
  }

  /** Reads the post as it stands after a step came too late. */
  reload(): void {
    this.#store.dispatch({ type: "conflict/read" });
  }

  /** Opens the form of a decision, or the list of keys; a decision that needs no words is simply taken. */
  ask(dialog: Dialog): void {
    if (dialog !== "help" && !this.may(dialog)) return;
    this.#store.dispatch({ type: "dialog/opened", dialog });
  }

  /** Approves at once, or asks first when the worst finding is critical or nothing could be read. */
  approve(comment?: string): void {
    const severity = this.state.post.detail?.severity;
    if (severity === "critical" || severity === null) this.ask("approve");
    else void this.take("approve", comment);
  }

  close(): void {
    this.#store.dispatch({ type: "dialog/closed" });
  }

  /** Filters what is loaded. */
  find(query: string): void {
    this.#store.dispatch({ type: "query/typed", query });
  }

  set(settings: Partial<Settings>): void {
    this.#store.dispatch({ type: "settings/changed", settings });
  }

  dismiss(): void {
    this.#store.dispatch({ type: "notice/cleared" });
  }
}
