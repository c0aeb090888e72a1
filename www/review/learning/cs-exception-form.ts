// The form of an exception: what is fine, where, why and until when.
import { html, nothing, type PropertyValues } from "lit";
import { customElement, state as internal, property } from "lit/decorators.js";
import type { Allowance } from "../api/types.js";
import { DeskElement } from "../shell/element.js";
import { bounds, type Draft, missing, requestOf } from "./draft.js";

type Text = "rule" | "category" | "thread" | "author";

/** `<cs-exception-form>`: says `made` with the exception, or `cancelled`. */
@customElement("cs-exception-form")
export class CsExceptionForm extends DeskElement {
  @property({ attribute: false }) draft!: Draft;
  @internal() private lacks: ReturnType<typeof missing> = null;
  @internal() private refused: string | null = null;
  @internal() private sending = false;

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("draft")) this.querySelector<HTMLElement>("h2")?.focus();
  }

  #read(form: HTMLFormElement): Draft {
    const data = new FormData(form);
    const text = (name: string) => String(data.get(name) ?? "");
    const by = data.get("by") === "fingerprint" ? ("fingerprint" as const) : ("rule" as const);
    const { fingerprint, postId } = this.draft;
    const where = { category: text("category"), thread: text("thread"), author: text("author") };
    return { by, rule: text("rule"), ...where, reason: text("reason"), expires: text("expires"), fingerprint, postId };
  }

  async #send(event: Event): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const draft = this.#read(form);
    this.lacks = missing(draft);
    this.refused = null;
    const first = this.lacks === "scope" ? "category" : this.lacks;
    if (first) return form.querySelector<HTMLElement>(`[name=${first}]`)?.focus();
    this.sending = true;
    const answer = await this.desk.http.send<Allowance>("POST", "allowances", requestOf(draft));
    this.sending = false;
    if (answer.ok) this.dispatchEvent(new CustomEvent("made", { detail: answer.value }));
    else this.refused = answer.problem.detail || answer.problem.title;
  }

  #text(name: Text, hint: "exceptions.category.hint" | null = null) {
    const wrong = this.lacks === name || (this.lacks === "scope" && name !== "rule");
    const described = [hint ? `${name}-hint` : "", wrong ? "lacks" : ""].join(" ").trim();
    return html`
      <label class="words"><span>${this.t(`exceptions.${name}`)}</span>
        <input class="field" name=${name} maxlength="200" autocomplete="off" spellcheck="false" dir="auto" .value=${this.draft[name]} aria-invalid=${wrong ? "true" : nothing} aria-describedby=${described || nothing} />
        ${hint ? html`<span class="soft" id="${name}-hint">${this.t(hint)}</span>` : nothing}
      </label>
    `;
  }

  /** From a finding one can choose: the whole rule, or this one instruction. */
  #what() {
    const { fingerprint } = this.draft;
    if (!fingerprint) return this.#text("rule");
    return html`
      <fieldset>
        <legend>${this.t("exceptions.what")}</legend>
        <label class="choice"><input type="radio" name="by" value="rule" checked /><span>${this.t("exceptions.by.rule")}</span></label>
        <label class="choice"><input type="radio" name="by" value="fingerprint" /><span>${this.t("exceptions.by.fingerprint")}</span></label>
      </fieldset>
      ${this.#text("rule")}
    `;
  }

  #error() {
    if (this.lacks) return html`<p class="error" id="lacks" role="alert">${this.t(`exceptions.lacks.${this.lacks}`)}</p>`;
    return this.refused === null
      ? nothing
      : html`<p class="error" role="alert"><strong>${this.t("exceptions.refused")}</strong> ${this.refused}</p>`;
  }

  protected override render() {
    const { min, max } = bounds(Date.now());
    const cancel = () => this.dispatchEvent(new CustomEvent("cancelled"));
    return html`
      <form class="card exception-form" novalidate aria-labelledby="exception-form-title" @submit=${this.#send}>
        <h2 id="exception-form-title" tabindex="-1">${this.t(this.draft.postId ? "exceptions.mark" : "exceptions.new")}</h2>
        ${this.#what()}
        <fieldset class="exception-where">
          <legend>${this.t("exceptions.where")}</legend>
          ${this.#text("category", "exceptions.category.hint")} ${this.#text("thread")} ${this.#text("author")}
        </fieldset>
        <label class="words"><span>${this.t("exceptions.reason")}</span>
          <textarea class="field" name="reason" rows="2" maxlength="1000" .value=${this.draft.reason} aria-invalid=${this.lacks === "reason" ? "true" : nothing} aria-describedby=${this.lacks === "reason" ? "lacks" : nothing}></textarea>
        </label>
        <label class="words short"><span>${this.t("exceptions.expires")}</span>
          <input class="field" type="date" name="expires" min=${min} max=${max} .value=${this.draft.expires} aria-invalid=${this.lacks === "expires" ? "true" : nothing} />
        </label>
        ${this.#error()}
        <p class="dialog-acts">
          <button type="button" class="button" @click=${cancel}>${this.t("decide.cancel")}</button>
          <button class="button primary" ?disabled=${this.sending}>${this.t("exceptions.make")}</button>
        </p>
      </form>
    `;
  }
}
