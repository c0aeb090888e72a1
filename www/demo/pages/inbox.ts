/**
 * A person's inbox: what an agent wrote for them and did not publish, and what became of earlier posts.
 */
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { api, type DraftRow, type NoticeRow } from "../api.js";
import { PageElement } from "../element.js";
import type { DraftResult } from "../parts/draft.js";
import { problemView } from "../parts/problem.js";
import { time } from "../parts/time.js";
import { Follow, forum } from "../state.js";

/** `<demo-inbox>` */
export class DemoInbox extends PageElement {
  static override properties = { drafts: { state: true }, notices: { state: true }, result: { state: true } };
  declare drafts: DraftRow[];
  declare notices: NoticeRow[];
  declare result: DraftResult | null;
  #owner: string | undefined;

  constructor() {
    super();
    Object.assign(this, { drafts: [], notices: [], result: null });
    new Follow(this, () => void this.#load());
    this.addEventListener("draft-done", (event) => {
      this.result = (event as CustomEvent<DraftResult>).detail;
      this.querySelector("h1")?.scrollIntoView({ block: "nearest" });
    });
  }

  async #load(): Promise<void> {
    if (this.#owner !== forum.person?.id) this.result = null;
    this.#owner = forum.person?.id;
    const [drafts, notices] = await Promise.all([api.drafts(), api.notices()]);
    if (drafts.ok) this.drafts = drafts.value.drafts;
    if (notices.ok) this.notices = notices.value.notices;
  }

  protected override render() {
    const { result } = this;
    return html`<h1>Inbox of ${forum.person?.name ?? ""}</h1>
      ${result?.said ? html`<p class="notice" role="status">${result.said} ${result.thread ? html`<a href="/t/${result.thread}">Open the thread</a>` : nothing}</p>` : nothing}
      ${result?.problem ? problemView(result.problem) : nothing}
      <section aria-labelledby="drafts-title">
        <h2 id="drafts-title">Drafts by agents</h2>
        <p class="soft">An agent wrote these for you, or it is yours to operate. Nobody else can read them; only you can publish them.</p>
        ${this.drafts.length === 0 ? html`<p class="card empty">No drafts.</p>` : nothing}
        ${repeat(
          this.drafts,
          (draft) => draft.id,
          (draft) => html`<demo-draft .draft=${draft}></demo-draft>`,
        )}
      </section>
      <section aria-labelledby="notices-title">
        <h2 id="notices-title">Notices</h2>
        ${this.notices.length === 0 ? html`<p class="card empty">Nothing yet.</p>` : html`<ul class="threads notices card">${this.notices.map(noticeRow)}</ul>`}
      </section>`;
  }
}

function noticeRow(notice: NoticeRow) {
  return html`<li><div><p>${notice.message}</p><p class="soft">${time(notice.at)}</p></div></li>`;
}
