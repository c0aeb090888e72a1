// The form of a decision that needs a second look or a word: approving something critical, rejecting, returning.
import { html, nothing, type PropertyValues } from "lit";
import { customElement, state as internal } from "lit/decorators.js";
import { toggleDialog } from "../shell/dialog.js";
import { DeskElement } from "../shell/element.js";
import { held } from "../shell/held.js";
import type { State } from "../state/state.js";
import { comment, REASONS } from "./reasons.js";

type Form = "approve" | "reject" | "return";

const formOf = (state: State): Form | null => (state.dialog === "help" ? null : state.dialog);

/** `<cs-decide-dialog>` */
@customElement("cs-decide-dialog")
export class CsDecideDialog extends DeskElement {
  @internal() private missing = false;
  #form: Form = "approve";

  protected override willUpdate(): void {
    this.#form = formOf(this.state) ?? this.#form;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const dialog = this.querySelector("dialog");
    if (!toggleDialog(dialog, formOf(this.state) !== null)) return;
    this.missing = false;
    dialog?.querySelector("form")?.reset();
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
    else void this.desk.take(this.#form, words ?? undefined);
  }

  #pressed(event: KeyboardEvent): void {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#send(event);
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
    const reason = (value: string, label: string, first: boolean) => html`
      <label class="choice"><input type="radio" name="reason" value=${value} ?data-first=${first} /><span>${label}</span></label>
    `;
    return html`
      <fieldset>
        <legend>${this.t("reject.reason")}</legend>
        ${REASONS.map((key, index) => reason(this.t(key), this.t(key), index === 0))} ${reason("", this.t("reject.other"), false)}
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
      <dialog class="decision" aria-labelledby="decision-title" @close=${() => this.desk.close()} @keydown=${this.#pressed}>
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
