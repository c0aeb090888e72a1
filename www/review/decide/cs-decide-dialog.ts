// The form of a decision that needs a second look or a word: approving something critical, rejecting, returning, escalating.
import { html, nothing, type PropertyValues } from "lit";
import { customElement, state as internal } from "lit/decorators.js";
import { plainly } from "../post/cs-effect.js";
import { closed, toggleDialog } from "../shell/dialog.js";
import { DeskElement } from "../shell/element.js";
import type { State } from "../state/state.js";
import { comment } from "./reasons.js";
import { chooseReason, reasonList, type WordsNames, wordsField, writtenIn } from "./words.js";

const FORMS = ["approve", "reject", "return", "escalate"] as const;
type Form = (typeof FORMS)[number];

const LOOKS: Readonly<Record<Form, string>> = { approve: "good", reject: "danger", return: "primary", escalate: "primary" };
const WORDS: Readonly<Record<Form, WordsNames>> = {
  approve: { label: "decide.comment", hint: "decide.seen", required: false },
  reject: { label: "reject.words", hint: "decide.seen", required: false },
  return: { label: "decide.comment", hint: "decide.seen", required: false },
  escalate: { label: "escalate.words", hint: "escalate.seen", required: true },
};
const SHOWN = 5;

const formOf = ({ dialog }: State): Form | null => FORMS.find((each) => each === dialog) ?? null;

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
    const { reason, words } = writtenIn(form);
    const said = comment(reason, words);
    this.missing = said === null && (this.#form === "reject" || this.#form === "escalate");
    if (this.missing) form.querySelector<HTMLElement>("[name=reason], [name=words]")?.focus();
    else void this.desk.decisions.take(this.#form, said ? { comment: said } : {});
  }

  #pressed(event: KeyboardEvent): void {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#send(event);
    else if (!(event.target instanceof HTMLTextAreaElement)) chooseReason(this, Number(event.key));
  }

  /** What approving lets out, once more and in plain words; with two approvals, what this one is worth. */
  #effect() {
    const { detail } = this.state.post;
    if (!detail) return nothing;
    const { approvals, verdict } = detail;
    const first = approvals !== undefined && approvals.by.length + 1 < approvals.needed;
    const critical = verdict?.findings.filter((finding) => finding.severity === "critical") ?? [];
    return html`
      ${first ? html`<p><strong>${this.t("approve.first")}</strong></p>` : nothing}
      <p>${this.t(first ? "approve.later" : critical.length ? "approve.critical" : "approve.undecided")}</p>
      <ul class="consequences severity-critical">${critical.slice(0, SHOWN).map((finding) => html`<li><bdi>${plainly(finding)}</bdi></li>`)}</ul>
    `;
  }

  protected override render() {
    const form = this.#form;
    const { session, settings } = this.state;
    const { locale } = settings;
    return html`
      <dialog class="decision" aria-labelledby="decision-title" @close=${(event: Event) => closed(event) && formOf(this.state) && this.desk.close()} @keydown=${this.#pressed}>
        <form @submit=${this.#send} novalidate>
          <h2 id="decision-title">${this.t(`${form}.title`)}</h2>
          ${form === "approve" ? this.#effect() : nothing}
          ${form === "return" || form === "escalate" ? html`<p>${this.t(`${form}.text`)}</p>` : nothing}
          ${form === "reject" ? reasonList(session, locale, this.missing) : nothing}
          ${wordsField(locale, WORDS[form], form === "return" || form === "escalate")}
          ${form === "escalate" && this.missing ? html`<p class="error" role="alert">${this.t("escalate.required")}</p>` : nothing}
          <p class="dialog-acts">
            <button type="button" class="button" @click=${() => this.desk.close()} ?data-first=${form === "approve"}>${this.t("decide.cancel")}</button>
            <button class="button ${LOOKS[form]}">${this.t(`${form}.confirm`)} <kbd>Ctrl ↵</kbd></button>
          </p>
        </form>
      </dialog>
    `;
  }
}
