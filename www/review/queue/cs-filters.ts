// The filter bar: words, what the list is narrowed to as chips that can be taken away, order and groups; all of it in the address.
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state as internal } from "lit/decorators.js";
import { DeskElement } from "../shell/element.js";
import type { State } from "../state/state.js";
import { type Field, GROUPINGS, narrowed, narrowings, ORDERS, PLAIN } from "../state/view.js";
import { type Choice, chip, choicesOf, PANEL } from "./facets.js";

const TYPED_MS = 250;

/** `<cs-filters>` */
@customElement("cs-filters")
export class CsFilters extends DeskElement {
  @internal() private open = false;
  #typing: ReturnType<typeof setTimeout> | undefined;

  protected override updated(changed: PropertyValues<this>): void {
    const before: State | undefined = changed.get("state");
    const field = this.querySelector<HTMLInputElement>("#find");
    // What the moderator is typing is theirs; only another view replaces it.
    if (field && before?.view !== this.state.view && document.activeElement !== field) field.value = this.state.view.narrow.q ?? "";
  }

  /** Searches once the moderator stops typing; the address follows without a step of the history for every letter. */
  #typed(event: Event): void {
    const { value } = event.target as HTMLInputElement;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.desk.places.view(narrowed(this.state.view, "q", value.trim()), "replace"), TYPED_MS);
  }

  #narrow(field: Field, value: string): void {
    this.desk.places.view(narrowed(this.state.view, field, value));
  }

  #remove(field: Field): void {
    this.#narrow(field, "");
    if (field === "q") this.querySelector<HTMLInputElement>("#find")?.focus();
    else this.querySelector<HTMLElement>(".filter-toggle")?.focus();
  }

  #option({ value, label }: Choice, chosen: string): TemplateResult {
    return html`<option value=${value} ?selected=${value === chosen}>${label}</option>`;
  }

  #field(field: Field) {
    const chosen = this.state.view.narrow[field] ?? "";
    const choose = (event: Event) => this.#narrow(field, (event.target as HTMLSelectElement).value);
    return html`
      <label class="pick"><span>${this.t(`facet.${field}`)}</span>
        <select class="field" data-field=${field} .value=${chosen} @change=${choose}>
          <option value="">${this.t("facet.any")}</option>
          ${choicesOf(field, this.state).map((choice) => this.#option(choice, chosen))}
        </select>
      </label>
    `;
  }

  #order() {
    const { order, group } = this.state.view;
    const reorder = (event: Event) => {
      const value = (event.target as HTMLSelectElement).value;
      this.desk.places.view({ ...this.state.view, order: ORDERS.find((each) => each === value) ?? PLAIN.order });
    };
    const regroup = (event: Event) => {
      const value = (event.target as HTMLSelectElement).value;
      this.desk.places.view({ ...this.state.view, group: GROUPINGS.find((each) => each === value) ?? PLAIN.group });
    };
    return html`
      <select class="field" id="order" aria-label=${this.t("order.name")} @change=${reorder}>
        ${ORDERS.map((value) => this.#option({ value, label: this.t(`order.${value}`) }, order))}
      </select>
      <select class="field" id="group" aria-label=${this.t("group.name")} @change=${regroup}>
        ${GROUPINGS.map((value) => this.#option({ value, label: this.t(`group.${value}`) }, group))}
      </select>
    `;
  }

  #chips() {
    const fields = narrowings(this.state.view);
    if (fields.length === 0) return nothing;
    const clear = () => {
      this.desk.places.view({ ...this.state.view, narrow: {} });
      this.querySelector<HTMLElement>(".filter-toggle")?.focus();
    };
    return html`
      <ul class="chips" aria-label=${this.t("filters.active")}>
        ${fields.map((field) => {
          const name = chip(field, this.state);
          return html`<li><button class="chip" aria-label=${this.t("filters.remove", { name })} @click=${() => this.#remove(field)}><bdi>${name}</bdi> <span aria-hidden="true">×</span></button></li>`;
        })}
        <li><button class="button quiet link" @click=${clear}>${this.t("queue.clear")}</button></li>
        <li><button class="button quiet link" @click=${() => this.desk.show("save")}>${this.t("view.save")}</button></li>
      </ul>
    `;
  }

  protected override render() {
    const toggle = () => {
      this.open = !this.open;
      if (this.open) void this.desk.list.facets();
    };
    const count = narrowings(this.state.view).length;
    return html`
      <div class="queue-bar" role="search">
        <input class="field" type="search" id="find" @input=${this.#typed} maxlength="200" autocomplete="off" spellcheck="false"
          aria-label=${this.t("queue.find")} placeholder="${this.t("queue.find")}  /" />
        <div class="queue-view">
          <button class="button filter-toggle" aria-expanded=${this.open} aria-controls="filters" @click=${toggle}>
            ${this.t("filters.name")}${count ? html` <span class="count">${count}</span>` : nothing} <kbd>f</kbd>
          </button>
          ${this.#order()}
        </div>
        <div class="picks" id="filters" ?hidden=${!this.open}>${PANEL.map((field) => this.#field(field))}</div>
        ${this.#chips()}
      </div>
    `;
  }
}
