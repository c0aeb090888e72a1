// What can be done with the chosen posts, as soon as there are any.
import { html } from "lit";
import { customElement } from "lit/decorators.js";
import { DeskElement } from "../shell/element.js";
import type { BulkStep } from "../state/state.js";

/** The steps on many posts and their keys, the most frequent first. */
const STEPS: readonly (readonly [BulkStep, string, string])[] = [
  ["reject", "r", "danger"],
  ["approve", "a", "good"],
  ["return", "d", ""],
  ["claim", "c", ""],
  ["escalate", "e", ""],
];

/** `<cs-bulk-bar>` */
@customElement("cs-bulk-bar")
export class CsBulkBar extends DeskElement {
  #step([step, key, look]: (typeof STEPS)[number]) {
    return html`<button class="button ${look}" @click=${() => void this.desk.bulk.ask(step)}>${this.t(`step.${step}`)} <kbd>${key}</kbd></button>`;
  }

  protected override render() {
    const { selected, session, settings, queue } = this.state;
    const said = html`<p class="visually-hidden" role="status">${selected.size ? this.t("bulk.chosen", { count: selected.size }) : ""}</p>`;
    if (selected.size === 0 || session?.moderator.role === "auditor") return said;
    return html`
      ${said}
      <section class="bulk-bar" aria-label=${this.t("bulk.name")}>
        <p>
          <strong>${this.t("bulk.chosen", { count: selected.size.toLocaleString(settings.locale) })}</strong>
          <button class="button quiet link" @click=${() => this.desk.selection.all()}>
            ${this.t(selected.size === queue.items.length ? "bulk.none" : "bulk.all", { count: queue.items.length.toLocaleString(settings.locale) })}
          </button>
          <button class="button quiet link" @click=${() => this.desk.selection.clear()}>${this.t("bulk.clear")} <kbd>Esc</kbd></button>
        </p>
        <div class="bulk-acts">${STEPS.map((step) => this.#step(step))}</div>
      </section>
    `;
  }
}
