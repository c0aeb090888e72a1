// What happened over a span of days: how much was kept back, how it ended, which rules and agents, how long people waited, who saw it.
import { html, nothing, type PropertyValues } from "lit";
import { customElement, state as internal, property } from "lit/decorators.js";
import type { Spread, Statistics } from "../api/types.js";
import type { Key } from "../locale/locale.js";
import { duration, regional } from "../locale/time.js";
import { DeskElement } from "../shell/element.js";
import { held } from "../shell/held.js";
import { followed } from "../shell/link.js";
import "./cs-chart.js";
import { addressOf, lastDays, type Range, readRange, SPANS } from "./range.js";
import "./statistics.css";

const KEPT = [
  ["held", "--chart-held"],
  ["blocked", "--chart-blocked"],
  ["flagged", "--chart-flagged"],
] as const;
const DECIDED = [
  ["approved", "--chart-approved"],
  ["rejected", "--chart-rejected"],
] as const;

/** Rows of a table that are shown before one asks for all. */
const SHORT = 10;

/** `<cs-statistics>` */
@customElement("cs-statistics")
export class CsStatistics extends DeskElement {
  @property() path = "";
  @internal() private figures: Statistics | null = null;
  @internal() private problem: string | null = null;
  @internal() private loading = false;
  @internal() private whole: ReadonlySet<Key> = new Set();
  #range: Range = lastDays(30, Date.now());

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("path")) return;
    this.#range = readRange(this.path, Date.now());
    void this.#load(this.#range);
  }

  async #load(range: Range): Promise<void> {
    this.loading = true;
    this.problem = null;
    const answer = await this.desk.http.get<Statistics>("statistics", range);
    if (range !== this.#range) return;
    this.loading = false;
    if (answer.ok) this.figures = answer.value;
    else this.problem = answer.problem.detail || answer.problem.title;
  }

  #choose(event: Event): void {
    const form = (event.currentTarget as HTMLElement).closest("form");
    const data = new FormData(form ?? undefined);
    const range = { from: String(data.get("from")), to: String(data.get("to")) };
    if (form?.reportValidity() && range.from <= range.to) this.desk.places.follow(addressOf(range));
  }

  #days() {
    const { from, to } = this.#range;
    const span = (days: number) => {
      const range = lastDays(days, Date.now());
      const address = addressOf(range);
      const here = range.from === from && range.to === to;
      return html`<li><a class="button" href=${address} aria-current=${here ? "true" : nothing} @click=${followed(this.desk, address)}>${this.t("statistics.last", { days })}</a></li>`;
    };
    const input = (name: "from" | "to") => html`
      <label>${this.t(`statistics.${name}`)} <input class="field" type="date" name=${name} required max=${lastDays(1, Date.now()).to} .value=${this.#range[name]} @change=${this.#choose} /></label>
    `;
    return html`
      <form class="days" @submit=${(event: Event) => event.preventDefault()}>
        <ul aria-label=${this.t("statistics.range")}>${SPANS.map(span)}</ul>
        ${input("from")} ${input("to")}
        <span class="soft">${this.t("statistics.utc")}</span>
      </form>
    `;
  }

  #chart(name: Key, parts: readonly (readonly [keyof Omit<Statistics["days"][number], "day">, string])[], { days }: Statistics) {
    const counted = parts.map(([part, colour]) => ({ name: `statistics.${part}` as Key, colour, values: days.map((day) => day[part]) }));
    return html`<cs-chart .desk=${this.desk} .state=${this.state} .name=${name} .days=${days.map(({ day }) => day)} .counted=${counted}></cs-chart>`;
  }

  #number(value: number): string {
    return value.toLocaleString(regional(this.state.settings.locale));
  }

  #time(ms: number): string {
    return ms < 1000 ? `${Math.round(ms)} ms` : duration(ms / 1000, this.state.settings.locale);
  }

  #spread(name: "timeToHold" | "timeToDecision", { p50, p95, count }: Spread) {
    return html`
      <section class="card figure" aria-labelledby="${name}-title">
        <h2 id="${name}-title">${this.t(`statistics.${name}`)}</h2>
        <p class="soft">${this.t(`statistics.${name}.text`)}</p>
        ${
          p50 === null || p95 === null
            ? html`<p class="big soft">–</p><p class="soft">${this.t("statistics.noTimes")}</p>`
            : html`<p class="big">${this.#time(p50)}</p><p class="soft">${this.t("statistics.p50", { count: this.#number(count) })}</p><p>${this.t("statistics.p95")} <strong>${this.#time(p95)}</strong></p>`
        }
      </section>
    `;
  }

  #exposure({ exposure }: Statistics) {
    return html`
      <section class="card figure" aria-labelledby="exposure-title">
        <h2 id="exposure-title">${this.t("statistics.exposure")}</h2>
        <p class="big">${this.#number(exposure.people)} <span class="unit">${this.t("statistics.exposure.people")}</span></p>
        <p class="soft">${this.t("statistics.exposure.text", { posts: this.#number(exposure.posts) })}</p>
      </section>
    `;
  }

  #list<Row>(title: Key, none: Key, heads: readonly Key[], rows: readonly Row[], cells: (row: Row) => [string, number, ...number[]]) {
    const all = this.whole.has(title) || rows.length <= SHORT;
    const most = Math.max(1, ...rows.map((row) => cells(row)[1]));
    const line = (row: Row) => {
      const [name, first, ...rest] = cells(row);
      return html`
        <tr>
          <th scope="row"><code>${held(name)}</code></th>
          <td class="bar"><meter min="0" max=${most} value=${first} aria-hidden="true"></meter> ${this.#number(first)}</td>
          ${rest.map((value) => html`<td>${this.#number(value)}</td>`)}
        </tr>
      `;
    };
    const show = () => {
      this.whole = new Set([...this.whole, title]);
    };
    return html`
      <div class="card">
        <h2 id=${title}>${this.t(title)}</h2>
        ${
          rows.length === 0
            ? html`<p class="soft">${this.t(none)}</p>`
            : html`<div class="table-scroll" tabindex="0" role="region" aria-labelledby=${title}><table class="counted"><thead><tr>${heads.map((head) => html`<th scope="col">${this.t(head)}</th>`)}</tr></thead><tbody>${(all ? rows : rows.slice(0, SHORT)).map(line)}</tbody></table></div>`
        }
        ${all ? nothing : html`<button class="button quiet" @click=${show}>${this.t("statistics.more", { count: rows.length })}</button>`}
      </div>
    `;
  }

  #body(figures: Statistics) {
    const { from, to } = figures;
    const nothingHappened = figures.days.every(({ day: _, ...counts }) => Object.values(counts).every((count) => count === 0));
    if (nothingHappened)
      return html`<div class="blank"><h2>${this.t("statistics.empty")}</h2><p>${this.t("statistics.empty.text", { from, to })}</p></div>`;
    return html`
      <div class="cards" aria-busy=${this.loading}>
        ${this.#chart("statistics.kept", KEPT, figures)} ${this.#chart("statistics.decided", DECIDED, figures)}
        <div class="thirds">${this.#spread("timeToHold", figures.timeToHold)} ${this.#spread("timeToDecision", figures.timeToDecision)} ${this.#exposure(figures)}</div>
        ${this.#list("statistics.byRule", "statistics.byRule.none", ["statistics.rule", "statistics.posts", "statistics.falseAlarms"], figures.byRule, ({ rule, count, falseAlarms }) => [rule, count, falseAlarms])}
        ${this.#list("statistics.byAgent", "statistics.byAgent.none", ["statistics.agent", "statistics.held", "statistics.approved", "statistics.rejected"], figures.byAgent, ({ agent, held, approved, rejected }) => [agent, held, approved, rejected])}
      </div>
    `;
  }

  #failed(problem: string) {
    const again = () => void this.#load(this.#range);
    return html`<div class="blank" role="alert"><h2>${this.t("statistics.failed")}</h2><p>${problem}</p><button class="button" @click=${again}>${this.t("access.again")}</button></div>`;
  }

  protected override render() {
    const { figures, problem } = this;
    return html`
      <header class="section-head"><h1>${this.t("statistics.title")}</h1>${this.#days()}</header>
      ${problem !== null ? this.#failed(problem) : figures ? this.#body(figures) : html`<p class="blank" role="status">${this.t("statistics.loading")}</p>`}
    `;
  }
}
