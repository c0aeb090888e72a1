// The tabs of the queue: where the posts are by state, with how many.
import { html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { DeskElement } from "../shell/element.js";
import { followed } from "../shell/link.js";
import { writeRoute } from "../state/route.js";
import { PLAIN, TABS, type Tab } from "../state/view.js";

/** `<cs-tabs>` */
@customElement("cs-tabs")
export class CsTabs extends DeskElement {
  #tab(tab: Tab) {
    const { counts, view, settings } = this.state;
    const address = writeRoute({ section: "queue", view: { ...PLAIN, tab }, id: null });
    return html`
      <li>
        <a href=${address} aria-current=${tab === view.tab ? "page" : nothing} @click=${followed(this.desk, address)}>
          ${this.t(`filter.${tab}`)} ${counts ? html`<span class="count">${counts[tab].toLocaleString(settings.locale)}</span>` : nothing}
        </a>
      </li>
    `;
  }

  protected override render() {
    return html`<nav class="tabs" aria-label=${this.t("top.tabs")}><ul>${TABS.map((tab) => this.#tab(tab))}</ul></nav>`;
  }
}
