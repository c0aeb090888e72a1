/**
 * A person's inbox: what an agent wrote for them and did not publish, and what became of earlier posts.
 */
import { html, nothing } from "lit";
import { api, type DraftRow, type NoticeRow, type Problem } from "../api.js";
import { PageElement } from "../element.js";
import { body } from "../parts/post.js";
import { problemView } from "../parts/problem.js";
import { time } from "../parts/time.js";
import { Follow, forum } from "../state.js";

/** `<demo-inbox>` */
export class DemoInbox extends PageElement {
  static override properties = { drafts: { state: true }, notices: { state: true }, result: { state: true } };
  declare drafts: DraftRow[];
  declare notices: NoticeRow[];
  declare result: Problem | string | null;
  #owner: string | undefined;

  constructor() {
    super();
    Object.assign(this, { drafts: [], notices: [], result: null });
    new Follow(this, () => void this.#load());
  }

  async #load(): Promise<void> {
    if (this.#owner !== forum.person?.id) this.result = null;
    this.#owner = forum.person?.id;
    const [drafts, notices] = await Promise.all([api.drafts(), api.notices()]);
    if (drafts.ok) this.drafts = drafts.value.drafts;
    if (notices.ok) this.notices = notices.value.notices;
  }

  async #publish(draft: DraftRow): Promise<void> {
    const answer = await api.publishDraft(draft.id);
    if (!answer.ok) this.result = answer.problem;
    else this.result = answer.value.problem ?? "Published in the thread, labelled as the agent's, for you.";
    if (answer.ok) dispatchEvent(new CustomEvent("draft-published", { detail: { draft: draft.id, ...answer.value } }));
    forum.changed();
  }

  async #discard(draft: DraftRow): Promise<void> {
    const answer = await api.discardDraft(draft.id);
    this.result = answer.ok ? "Discarded." : answer.problem;
    forum.changed();
  }

  protected override render() {
    const { result } = this;
    return html`<h1>Inbox of ${forum.person?.name ?? ""}</h1>
      ${typeof result === "string" ? html`<p class="notice" role="status">${result}</p>` : nothing}
      ${result && typeof result !== "string" ? problemView(result) : nothing}
      <section aria-labelledby="drafts-title">
        <h2 id="drafts-title">Drafts by agents</h2>
        <p class="soft">An agent wrote these for you. Nobody else can read them; only you can publish them.</p>
        ${this.drafts.length === 0 ? html`<p class="card empty">No drafts.</p>` : this.drafts.map((draft) => this.#draft(draft))}
      </section>
      <section aria-labelledby="notices-title">
        <h2 id="notices-title">Notices</h2>
        ${this.notices.length === 0 ? html`<p class="card empty">Nothing yet.</p>` : html`<ul class="threads notices card">${this.notices.map(noticeRow)}</ul>`}
      </section>`;
  }

  #draft(draft: DraftRow) {
    return html`<article class="card draft" aria-label="Draft by ${draft.agent}">
      <p class="soft">${draft.agent}, a scripted agent · <a href="/t/${draft.thread}">thread</a> · ${time(draft.at)}</p>
      <div class="private">${body(draft.body)}</div>
      <div class="actions">
        <button class="button" @click=${() => this.#discard(draft)}>Discard</button>
        <button class="button primary" @click=${() => this.#publish(draft)}>Publish the agent's answer</button>
      </div>
    </article>`;
  }
}

function noticeRow(notice: NoticeRow) {
  return html`<li><div><p>${notice.message}</p><p class="soft">${time(notice.at)}</p></div></li>`;
}
