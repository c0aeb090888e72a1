// A text tried as a post: what the gate would make of it, with a rule of one's own where one brings it.
import { html, nothing } from "lit";
import { customElement, state as internal } from "lit/decorators.js";
import type { TryResult } from "../api/types.js";
import { DeskElement } from "../shell/element.js";
import { teaches } from "./may.js";
import { verdictOf } from "./verdict.js";

const KINDS = ["agent", "human", "service", "unknown"] as const;

/** `<cs-try>` */
@customElement("cs-try")
export class CsTry extends DeskElement {
  @internal() private result: (TryResult & { body: string }) | null = null;
  @internal() private problem: string | null = null;
  @internal() private asking = false;

  async #send(event: Event): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => String(data.get(name) ?? "");
    const [body, category, rule] = [text("body"), text("category").trim(), text("rule")];
    this.asking = true;
    this.problem = null;
    const request = { body, kind: text("kind"), ...(category ? { category } : {}), ...(rule.trim() ? { rule } : {}) };
    const answer = await this.desk.http.send<TryResult>("POST", "try", request);
    this.asking = false;
    this.result = answer.ok ? { ...answer.value, body } : null;
    if (!answer.ok) this.problem = answer.problem.detail || answer.problem.title;
  }

  #form() {
    return html`
      <form class="card trial" @submit=${this.#send}>
        <label class="words"><span>${this.t("try.text")}</span>
          <textarea class="field code" name="body" rows="9" maxlength="100000" required spellcheck="false" dir="auto"></textarea>
        </label>
        <div class="trial-row">
          <label class="words"><span>${this.t("try.kind")}</span>
            <select class="field" name="kind">${KINDS.map((kind) => html`<option value=${kind}>${this.t(`kind.${kind}`)}</option>`)}</select>
          </label>
          <label class="words"><span>${this.t("exceptions.category")} <span class="soft">(${this.t("decide.optional")})</span></span>
            <input class="field" name="category" maxlength="200" autocomplete="off" dir="auto" />
          </label>
        </div>
        <details>
          <summary>${this.t("try.rule")}</summary>
          <p class="soft" id="try-rule-hint">${this.t("try.rule.hint")}</p>
          <label class="words"><span class="visually-hidden">${this.t("try.rule")}</span>
            <textarea class="field code" name="rule" rows="12" maxlength="50000" spellcheck="false" aria-describedby="try-rule-hint"></textarea>
          </label>
        </details>
        <p class="dialog-acts"><button class="button primary" ?disabled=${this.asking || !teaches(this.state)}>${this.t("try.send")}</button></p>
      </form>
    `;
  }

  #answer() {
    const { result, problem, asking } = this;
    if (asking) return html`<p class="blank">${this.t("try.asking")}</p>`;
    if (problem !== null) return html`<p class="error">${problem}</p>`;
    if (result === null) return html`<div class="blank"><h2>${this.t("try.none")}</h2><p>${this.t("try.none.text")}</p></div>`;
    if (result.verdict === null)
      return html`<p class="error"><strong>${this.t("try.refused")}</strong></p><pre class="held refusal">${result.refused ?? nothing}</pre>`;
    return verdictOf(result.verdict, result.body, this.state.settings.locale);
  }

  protected override render() {
    return html`
      <p class="lead">${this.t("try.lead")}</p>
      <div class="beside">
        ${this.#form()}
        <section class="card answer" aria-live="polite" aria-label=${this.t("try.answer")}>${this.#answer()}</section>
      </div>
    `;
  }
}
