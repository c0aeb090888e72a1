// The form of a decision that needs a second look or a word: approving something critical, rejecting, returning.
import { html, nothing, type PropertyValues } from "lit";
import { customElement, state as internal } from "lit/decorators.js";
import { closed, toggleDialog } from "../shell/dialog.js";
import { DeskElement } from "../shell/element.js";
import { held } from "../shell/held.js";
import type { State } from "../state/state.js";
import { comment, REASONS } from "./reasons.js";

type Form = "approve" | "reject" | "return" | "escalate";

const FORMS: readonly Form[] = ["approve", "reject", "return", "escalate"];
const formOf = (state: State): Form | null => (FORMS.find((each) => each === state.dialog) ?? null);

/** `<cs-decide-dialog>` */
@customElement("cs-decide-dialog")
export class CsDecideDialog extends DeskElement {
  @internal() private missing = false;
  #form: Form = "approve";
  /** What the form was last open for: words written for a step that was refused are kept for the next try. */
  #purpose = "";

  protected override willUpdate(): void {
    this.#form = formOf(this.state) ?? this.#form;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const dialog = this.querySelector("dialog");
    if (!toggleDialog(dialog, formOf(this.state) !== null)) return;
    this.missing = false;
    const purpose = `${this.#form} ${this.state.cursor}`;
    if (purpose !== this.#purpose) dialog?.querySelector("form")?.reset();
    this.#purpose = purpose;
    dialog?.querySelector<HTMLElement>("[data-first]")?.focus();
  }

  /** Sends what was written, or says what is missing. */
  #send(event: Event): void {
    event.preventDefault();
    const form = this.querySelector("form");
    if (!form) return;
    const data = new FormData(form);
    const words = comment((data.get("reason") as string | null) || null, String(data.get("words") ?? ""));
    this.missing = this.#form === "reject" && words === null;
    if (this.missing) form.querySelector<HTMLElement>("[name=reason]")?.focus();
    else void this.desk.decisions.take(this.#form, words ? { comment: words } : {});
  }

  #pressed(event: KeyboardEvent): void {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#send(event);
    else if (!(event.target instanceof HTMLTextAreaElement)) this.#choose(Number(event.key));
  }

  /** Chooses the reason with this number; anything else chooses nothing. */
  #choose(number: number): void {
    const radio = this.querySelectorAll<HTMLInputElement>("[name=reason]")[number - 1];
    radio?.click();
    radio?.focus();
  }

  #effect() {
    const { detail } = this.state.post;
    if (!detail) return nothing;
    if (!detail.verdict) return html`<p>${this.t("approve.undecided")}</p>`;
    const critical = detail.verdict.findings.filter((finding) => finding.severity === "critical");
    return html`
      <p>${this.t(critical.length ? "approve.critical" : "approve.undecided")}</p>
      <ul class="consequences severity-critical">${critical.slice(0, 5).map((finding) => html`<li>${held(finding.why)}</li>`)}</ul>
    `;
  }

  #reasons() {
    const reason = (value: string, label: string, index: number) => html`
      <label class="choice"><input type="radio" name="reason" value=${value} ?data-first=${index === 0} /><span>${label}</span><kbd>${index + 1}</kbd></label>
    `;
    return html`
      <fieldset>
        <legend>${this.t("reject.reason")}</legend>
        ${REASONS.map((key, index) => reason(this.t(key), this.t(key), index))} ${reason("", this.t("reject.other"), REASONS.length)}
      </fieldset>
      ${this.missing ? html`<p class="error" id="reason-error" role="alert">${this.t("reject.required")}</p>` : nothing}
    `;
  }

  #words() {
    const label = this.#form === "reject" ? "reject.words" : "decide.comment";
    return html`
      <label class="words">
        <span>${this.t(label)} <span class="soft">(${this.t("decide.optional")})</span></span>
        <textarea class="field" name="words" rows="3" maxlength="3500" aria-describedby="words-hint" ?data-first=${this.#form === "return"}></textarea>
      </label>
      <p class="soft" id="words-hint">${this.t("decide.seen")}</p>
    `;
  }

  protected override render() {
    const form = this.#form;
    const look = form === "return" ? "primary" : form === "reject" ? "danger" : "good";
    return html`
      <dialog class="decision" aria-labelledby="decision-title" @close=${(event: Event) => closed(event) && this.desk.close()} @keydown=${this.#pressed}>
        <form @submit=${this.#send} novalidate>
          <h2 id="decision-title">${this.t(`${form}.title`)}</h2>
          ${form === "approve" ? this.#effect() : nothing} ${form === "return" ? html`<p>${this.t("return.text")}</p>` : nothing}
          ${form === "reject" ? this.#reasons() : nothing} ${this.#words()}
          <p class="dialog-acts">
            <button type="button" class="button" @click=${() => this.desk.close()} ?data-first=${form === "approve"}>${this.t("decide.cancel")}</button>
            <button class="button ${look}">${this.t(`${form}.confirm`)} <kbd>Ctrl ↵</kbd></button>
          </p>
        </form>
      </dialog>
    `;
  }
}
