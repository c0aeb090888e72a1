// Says once what came of a step, and for as long as it can be taken back, how. Good news leaves by itself; a failure stays until it
// is read. The seconds are for the eye: a screen reader hears the sentence once.
import { html, nothing, type PropertyValues } from "lit";
import { customElement } from "lit/decorators.js";
import { keyOf } from "../keyboard/keys.js";
import type { Notice, State } from "../state/state.js";
import { DeskElement } from "./element.js";
import { held } from "./held.js";

const STAYS_MS = 6_000;
const SECOND_MS = 1_000;

/** `<cs-notice>`: the page's live region. */
@customElement("cs-notice")
export class CsNotice extends DeskElement {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #countdown: ReturnType<typeof setInterval> | undefined;
  #said = "";

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before: State | undefined = changed.get("state");
    const { notice, counts, undo } = this.state;
    if (before?.counts && counts && counts.open > before.counts.open) this.#said = this.t("say.new", { count: counts.open });
    if (notice === before?.notice && undo === before?.undo) return;
    clearTimeout(this.#timer);
    clearInterval(this.#countdown);
    if (undo) this.#countdown = setInterval(() => this.#tick(), SECOND_MS / 4);
    else if (notice?.tone === "good") this.#timer = setTimeout(() => this.desk.dismiss(), STAYS_MS);
  }

  /** Seconds in which the decision can still be taken back. */
  get #left(): number {
    return Math.ceil(((this.state.undo?.until ?? 0) - Date.now()) / SECOND_MS);
  }

  #tick(): void {
    const left = this.#left;
    const seconds = this.querySelector(".countdown");
    if (seconds && seconds.textContent !== String(left)) seconds.textContent = String(left);
    if (left > 0) return;
    clearInterval(this.#countdown);
    if (this.state.notice?.tone === "bad") this.desk.expire();
    else this.desk.dismiss();
  }

  #show(id: string): void {
    this.desk.dismiss();
    this.desk.places.select(id);
    this.desk.places.show("post");
  }

  #undo() {
    if (!this.state.undo) return nothing;
    const left = this.#left;
    return html`
      <button class="button undo" @click=${() => void this.desk.decisions.undo()}>
        ${this.t("step.undo")} <kbd>${keyOf("undo")}</kbd><span class="visually-hidden">${this.t("undo.within", { seconds: left })}</span>
        <span class="countdown" aria-hidden="true">${left}</span>
      </button>
    `;
  }

  #notice(notice: Notice) {
    const { post } = notice;
    const elsewhere = post && post !== this.state.cursor;
    return html`
      <div class="notice" data-tone=${notice.tone}>
        <p><strong>${this.t(notice.words, notice.values)}</strong>${notice.detail ? html`<br />${held(notice.detail)}` : nothing}</p>
        ${this.#undo()}
        ${elsewhere ? html`<button class="button quiet" @click=${() => this.#show(post)}>${this.t("notice.show")}</button>` : nothing}
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
