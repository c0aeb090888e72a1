/**
 * One thread: its visible posts, the reply box and the private question to the agent.
 */
import { html, nothing, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { api, type PostRow, type Problem, type ThreadRow } from "../api.js";
import { PageElement } from "../element.js";
import { postView } from "../parts/post.js";
import { problemView } from "../parts/problem.js";
import { Follow, forum } from "../state.js";

const REFRESH_MS = 3000;

/** `<demo-thread thread-id>` */
export class DemoThread extends PageElement {
  static override properties = {
    threadId: { attribute: "thread-id" },
    thread: { state: true },
    posts: { state: true },
    missing: { state: true },
    refusal: { state: true },
  };
  declare threadId: string;
  declare thread: ThreadRow | null;
  declare posts: PostRow[];
  declare missing: Problem | null;
  declare refusal: Problem | null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    Object.assign(this, { threadId: "", thread: null, posts: [], missing: null, refusal: null });
    new Follow(this, () => void this.#load());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => document.visibilityState === "visible" && void this.#load(), REFRESH_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("threadId")) return;
    Object.assign(this, { thread: null, posts: [], missing: null, refusal: null });
    void this.#load();
  }

  async #load(): Promise<void> {
    const id = this.threadId;
    if (!id) return;
    const answer = await api.thread(id);
    if (id !== this.threadId) return;
    if (answer.ok) Object.assign(this, { thread: answer.value.thread, posts: answer.value.posts, missing: null });
    else this.missing = answer.problem;
  }

  async #reply(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const answer = await api.reply(this.threadId, String(new FormData(form).get("body")));
    this.refusal = answer.ok ? null : answer.problem;
    if (!answer.ok) return;
    form.reset();
    forum.changed();
  }

  protected override render() {
    if (this.missing) return problemView(this.missing);
    if (!this.thread) return html`<p class="soft" role="status">Loading…</p>`;
    return html`<nav class="crumbs" aria-label="Where you are"><a href="/">Engineering</a></nav>
      <h1>${this.thread.title}</h1>
      <section class="posts" aria-label="Posts">${repeat(this.posts, (post) => post.id, postView)}</section>
      ${forum.person?.moderator ? nothing : html`<demo-analysis thread-id=${this.threadId}></demo-analysis>`} ${this.#composer()}`;
  }

  #composer() {
    return html`<form class="card composer" @submit=${(event: SubmitEvent) => this.#reply(event)}>
      <label>Reply as ${forum.person?.name ?? ""} <textarea class="field" name="body" rows="3" required maxlength="20000"></textarea></label>
      ${this.refusal ? problemView(this.refusal) : nothing}
      <div class="actions">
        <span class="soft">Markdown code and <code>@helper</code> work here.</span>
        <button class="button primary">Reply</button>
      </div>
    </form>`;
  }
}
