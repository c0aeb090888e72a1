// Says once what came of a step. Good news leaves by itself; a failure stays until it is read.
import { html, nothing, type PropertyValues } from "lit";
import { customElement } from "lit/decorators.js";
import type { Notice, State } from "../state/state.js";
import { DeskElement } from "./element.js";

const STAYS_MS = 6_000;

/** `<cs-notice>`: the page's live region. */
@customElement("cs-notice")
export class CsNotice extends DeskElement {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #said = "";

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before: State | undefined = changed.get("state");
    const { notice, counts } = this.state;
    if (before?.counts && counts && counts.open > before.counts.open) this.#said = this.t("say.new", { count: counts.open });
    if (notice === before?.notice) return;
    clearTimeout(this.#timer);
    if (notice?.tone === "good") this.#timer = setTimeout(() => this.desk.dismiss(), STAYS_MS);
  }

  #show(id: string): void {
    this.desk.dismiss();
    this.desk.places.select(id);
    this.desk.places.show("post");
  }

  #notice(notice: Notice) {
    const { post } = notice;
    return html`
      <div class="notice" data-tone=${notice.tone}>
        <p><strong>${this.t(notice.words, notice.values)}</strong>${notice.detail ? html`<br />${notice.detail}` : nothing}</p>
        ${post && post !== this.state.cursor ? html`<button class="button quiet" @click=${() => this.#show(post)}>${this.t("notice.show")}</button>` : nothing}
        <button class="button quiet" @click=${() => this.desk.dismiss()}>${this.t("notice.dismiss")}</button>
      </div>
    `;
  }

  protected override render() {
    const { notice } = this.state;
    return html`
      <div class="notices" role="status">${notice?.tone === "good" ? this.#notice(notice) : nothing}</div>
      <div class="notices" role="alert">${notice?.tone === "bad" ? this.#notice(notice) : nothing}</div>
      <p class="visually-hidden" role="status">${this.#said}</p>
    `;
  }
}
