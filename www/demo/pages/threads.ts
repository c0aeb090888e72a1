/**
 * The list of threads, and the form for a new one.
 */
import { html, nothing } from "lit";
import { api, type Problem, type ThreadRow } from "../api.js";
import { PageElement } from "../element.js";
import { avatar, nameOf } from "../parts/post.js";
import { problemView } from "../parts/problem.js";
import { time } from "../parts/time.js";
import { Follow, forum } from "../state.js";

/** `<demo-threads>` */
export class DemoThreads extends PageElement {
  static override properties = { threads: { state: true }, problem: { state: true }, writing: { state: true } };
  declare threads: ThreadRow[] | null;
  declare problem: Problem | null;
  declare writing: boolean;

  constructor() {
    super();
    Object.assign(this, { threads: null, problem: null, writing: false });
    new Follow(this, () => void this.#load());
  }

  async #load(): Promise<void> {
    const answer = await api.threads();
    if (answer.ok) this.threads = answer.value.threads;
    else this.problem = answer.problem;
  }

  async #open(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const answer = await api.open(String(data.get("title")), String(data.get("body")));
    if (answer.ok) forum.go(`/t/${answer.value.post.thread}`);
    else this.problem = answer.problem;
  }

  protected override render() {
    return html`<div class="page-head">
        <h1>Engineering</h1>
        <button class="button" aria-expanded=${this.writing} @click=${() => (this.writing = !this.writing)}>New thread</button>
      </div>
      ${this.problem ? problemView(this.problem) : nothing} ${this.writing ? this.#form() : nothing}
      <ul class="threads card">
        ${this.threads?.map(row)}
      </ul>`;
  }

  #form() {
    return html`<form class="card composer" @submit=${(event: SubmitEvent) => this.#open(event)}>
      <label>Title <input class="field" name="title" required minlength="3" maxlength="160" autocomplete="off" /></label>
      <label>Question <textarea class="field" name="body" rows="4" required maxlength="20000"></textarea></label>
      <div class="actions"><button class="button primary">Post thread</button></div>
    </form>`;
  }
}

function row(thread: ThreadRow) {
  return html`<li>
    ${avatar(thread.author)}
    <div>
      <a href="/t/${thread.id}">${thread.title}</a>
      <p class="soft">${nameOf(thread.author)} · ${thread.posts === 1 ? "no replies" : `${thread.posts - 1} ${thread.posts === 2 ? "reply" : "replies"}`} · ${time(thread.lastAt)}</p>
    </div>
  </li>`;
}
