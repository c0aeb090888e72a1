// A policy tried on the past: what would move from where to where, and which posts.
import { html, nothing } from "lit";
import { customElement, state as internal } from "lit/decorators.js";
import type { DryRunResult } from "../api/types.js";
import { moment, regional } from "../locale/time.js";
import { DeskElement } from "../shell/element.js";
import { held } from "../shell/held.js";
import { followed } from "../shell/link.js";
import { teaches } from "./may.js";

const ACTIONS = ["publish", "label", "flag", "hold", "block"] as const;
const DAYS = [7, 30, 90] as const;

/** `<cs-dry-run>` */
@customElement("cs-dry-run")
export class CsDryRun extends DeskElement {
  @internal() private result: DryRunResult | null = null;
  @internal() private problem: string | null = null;
  @internal() private asking = false;

  async #send(event: Event): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    this.asking = true;
    this.problem = null;
    const request = { policy: String(data.get("policy") ?? ""), days: Number(data.get("days")) };
    const answer = await this.desk.http.send<DryRunResult>("POST", "policy/dry-run", request);
    this.asking = false;
    this.result = answer.ok ? answer.value : null;
    if (!answer.ok) this.problem = answer.problem.detail || answer.problem.title;
  }

  /** A file takes the place of the text. */
  async #open(event: Event): Promise<void> {
    const [file] = (event.currentTarget as HTMLInputElement).files ?? [];
    const text = this.querySelector<HTMLTextAreaElement>("[name=policy]");
    if (file && text) text.value = await file.text();
  }

  #form() {
    return html`
      <form class="card trial" @submit=${this.#send}>
        <label class="words"><span>${this.t("dry.policy")}</span>
          <textarea class="field code" name="policy" rows="14" maxlength="200000" spellcheck="false"></textarea>
        </label>
        <div class="trial-row">
          <label class="words"><span>${this.t("dry.file")}</span><input class="field" type="file" accept=".toml,text/plain,application/toml" @change=${this.#open} /></label>
          <label class="words"><span>${this.t("dry.days")}</span>
            <select class="field" name="days">${DAYS.map((days) => html`<option value=${days} ?selected=${days === 30}>${this.t("statistics.last", { days })}</option>`)}</select>
          </label>
        </div>
        <p class="soft">${this.t("dry.kept")}</p>
        <p class="dialog-acts"><button class="button primary" ?disabled=${this.asking || !teaches(this.state)}>${this.t("dry.send")}</button></p>
      </form>
    `;
  }

  #number(value: number): string {
    return value.toLocaleString(regional(this.state.settings.locale));
  }

  /** From rows to columns; only actions that something moves from or to. */
  #matrix({ moves }: DryRunResult) {
    const from = ACTIONS.filter((action) => moves.some((move) => move.from === action));
    const to = ACTIONS.filter((action) => moves.some((move) => move.to === action));
    const count = (a: string, b: string) => moves.find((move) => move.from === a && move.to === b)?.count ?? 0;
    return html`
      <div class="table-scroll" tabindex="0" role="region" aria-label=${this.t("dry.matrix")}>
        <table class="counted matrix">
          <caption>${this.t("dry.matrix")}</caption>
          <thead><tr><th scope="col">${this.t("dry.from")}</th>${to.map((action) => html`<th scope="col">${this.t("dry.to", { action: this.w("action", action) })}</th>`)}</tr></thead>
          <tbody>${from.map((a) => html`<tr><th scope="row">${this.w("action", a)}</th>${to.map((b) => html`<td>${count(a, b) > 0 ? html`<strong>${this.#number(count(a, b))}</strong>` : "–"}</td>`)}</tr>`)}</tbody>
        </table>
      </div>
    `;
  }

  #post({ id, title, state, submittedAt, from, to, why }: DryRunResult["changed"][number]) {
    const address = `#/queue/${state === "claimed" || state === "held" ? "open" : state}/${encodeURIComponent(id)}`;
    return html`
      <li>
        <a href=${address} @click=${followed(this.desk, address)}>${held(title)}</a>
        <span class="move"><span class="badge action-${from}">${this.w("action", from)}</span> → <span class="badge action-${to}">${this.w("action", to)}</span></span>
        <span class="soft">${held(why)} · <time datetime=${submittedAt}>${moment(submittedAt, this.state.settings.locale)}</time></span>
      </li>
    `;
  }

  #changes(result: DryRunResult) {
    const { examined, truncated, changed, moves } = result;
    const total = moves.reduce((sum, { count }) => sum + count, 0);
    return html`
      <p class="big">${this.#number(total)} <span class="unit">${this.t("dry.of", { examined: this.#number(examined) })}</span></p>
      ${truncated ? html`<p class="soft">${this.t("dry.truncated")}</p>` : nothing}
      ${total === 0 ? html`<p>${this.t(examined === 0 ? "dry.nothing" : "dry.same")}</p>` : this.#matrix(result)}
      ${changed.length > 0 ? html`<h2>${this.t("dry.changed", { count: changed.length })}</h2><ul class="changed">${changed.map((post) => this.#post(post))}</ul>` : nothing}
    `;
  }

  #answer() {
    const { result, problem, asking } = this;
    if (asking) return html`<p class="blank">${this.t("dry.asking")}</p>`;
    if (problem !== null) return html`<p class="error">${problem}</p>`;
    if (result === null) return html`<div class="blank"><h2>${this.t("dry.none")}</h2><p>${this.t("dry.none.text")}</p></div>`;
    if (result.refused !== null)
      return html`<p class="error"><strong>${this.t("dry.refused")}</strong></p><pre class="held refusal">${result.refused}</pre>`;
    return this.#changes(result);
  }

  protected override render() {
    return html`
      <p class="lead">${this.t("dry.lead")}</p>
      <div class="beside">
        ${this.#form()}
        <section class="card answer" aria-live="polite" aria-label=${this.t("try.answer")}>${this.#answer()}</section>
      </div>
    `;
  }
}
