// A figure: bars for those who see them, a sentence and a table with the same numbers for everyone.
import { html, type PropertyValues } from "lit";
import { customElement, state as internal, property } from "lit/decorators.js";
import type { Key } from "../locale/locale.js";
import { regional } from "../locale/time.js";
import { DeskElement } from "../shell/element.js";
import { draw } from "./chart.js";

/** What is counted, in the order of the bars, the lowest first. */
export type Counted = { name: Key; colour: string; values: readonly number[] };

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** `<cs-chart>` */
@customElement("cs-chart")
export class CsChart extends DeskElement {
  @property() name: Key = "statistics.kept";
  @property({ attribute: false }) days: readonly string[] = [];
  @property({ attribute: false }) counted: readonly Counted[] = [];
  @internal() private pointed: number | null = null;
  #erase: (() => void) | undefined;
  readonly #scheme = matchMedia("(prefers-color-scheme: dark)");
  readonly #redraw = () => this.#draw();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#scheme.addEventListener("change", this.#redraw);
    if (this.hasUpdated) this.#draw();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#scheme.removeEventListener("change", this.#redraw);
    this.#erase?.();
  }

  get #locale(): string {
    return regional(this.state.settings.locale);
  }

  #draw(): void {
    this.#erase?.();
    const host = this.querySelector<HTMLElement>(".chart-canvas");
    if (!host) return;
    const series = this.counted.map(({ colour, values }) => ({ colour, values }));
    this.#erase = draw(host, { days: this.days, series }, this.#locale, (index) => {
      this.pointed = index;
    });
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get("state");
    const look = before === undefined || before.settings !== this.state.settings;
    if (changed.has("counted") || changed.has("days") || (changed.has("state") && look)) this.#draw();
  }

  #day(day: string): string {
    return new Intl.DateTimeFormat(this.#locale, { dateStyle: "medium", timeZone: "UTC" }).format(Date.parse(day));
  }

  #number(value: number): string {
    return value.toLocaleString(this.#locale);
  }

  #summary(): string {
    const perDay = this.days.map((_, index) => sum(this.counted.map(({ values }) => values[index] ?? 0)));
    const most = Math.max(0, ...perDay);
    const totals = this.counted.map(({ name, values }) => `${this.t(name)} ${this.#number(sum(values))}`).join(", ");
    const [from = "", to = "", day = ""] = [this.days[0], this.days.at(-1), this.days[perDay.indexOf(most)]];
    const values = {
      what: this.t(this.name),
      from: this.#day(from),
      to: this.#day(to),
      totals,
      most: this.#number(most),
      day: this.#day(day),
    };
    return this.t("statistics.summary", values);
  }

  /** The numbers of the day that is pointed at, or of all of them. */
  #legend() {
    const { pointed } = this;
    const day = pointed === null ? undefined : this.days[pointed];
    const value = (values: readonly number[]) => this.#number(day === undefined || pointed === null ? sum(values) : (values[pointed] ?? 0));
    return html`
      <p class="legend" aria-hidden="true">
        <span class="legend-day">${day === undefined ? this.t("statistics.total") : this.#day(day)}</span>
        ${this.counted.map(({ name, colour, values }) => html`<span><i class="swatch" data-colour=${colour}></i>${this.t(name)} <strong>${value(values)}</strong></span>`)}
      </p>
    `;
  }

  #table() {
    const row = (day: string, index: number) => html`
      <tr><th scope="row">${this.#day(day)}</th>${this.counted.map(({ values }) => html`<td>${this.#number(values[index] ?? 0)}</td>`)}</tr>
    `;
    return html`
      <details class="as-table">
        <summary>${this.t("statistics.table")}</summary>
        <div class="table-scroll" tabindex="0" role="region" aria-label=${this.t(this.name)}>
          <table class="counted">
            <caption class="visually-hidden">${this.t(this.name)}</caption>
            <thead><tr><th scope="col">${this.t("statistics.day")}</th>${this.counted.map(({ name }) => html`<th scope="col">${this.t(name)}</th>`)}</tr></thead>
            <tbody>${this.days.map(row)}</tbody>
          </table>
        </div>
      </details>
    `;
  }

  protected override render() {
    return html`
      <figure class="card chart">
        <figcaption><h2>${this.t(this.name)}</h2>${this.#legend()}</figcaption>
        <div class="chart-canvas" role="img" aria-label=${this.#summary()}></div>
        ${this.#table()}
      </figure>
    `;
  }
}
