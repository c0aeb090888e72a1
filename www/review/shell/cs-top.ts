// The bar: where the posts are by state, whether the page is live, and what a moderator sets for themselves.
import { html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { writeRoute } from "../state/route.js";
import { FILTERS, type Filter } from "../state/state.js";
import { choices } from "./choices.js";
import { DeskElement } from "./element.js";

/** `<cs-top>` */
@customElement("cs-top")
export class CsTop extends DeskElement {
  #tab(filter: Filter) {
    const { counts, filter: current } = this.state;
    const address = writeRoute({ filter, id: null });
    const go = (event: MouseEvent) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      history.pushState(null, "", address);
      void this.desk.go(address);
    };
    return html`
      <li>
        <a href=${address} aria-current=${filter === current ? "page" : nothing} @click=${go}>
          ${this.t(`filter.${filter}`)}
          ${counts ? html`<span class="count">${counts[filter].toLocaleString(this.state.settings.locale)}</span>` : nothing}
        </a>
      </li>
    `;
  }

  #connection() {
    const { connection } = this.state;
    return html`<span class="connection" data-connection=${connection}>${this.t(`connection.${connection}`)}</span>`;
  }

  protected override render() {
    const moderator = this.state.session?.moderator;
    return html`
      <header class="top">
        <h1><img src=${new URL("../mark.svg", import.meta.url).href} alt="" width="22" height="22" />Countersign</h1>
        <nav aria-label=${this.t("top.tabs")}><ul>${FILTERS.map((filter) => this.#tab(filter))}</ul></nav>
        <div class="top-side">
          ${this.#connection()}
          ${moderator ? html`<span class="me"><bdi>${moderator.name}</bdi> <span class="soft">${this.w("role", moderator.role)}</span></span>` : nothing}
          ${choices(this.state, this.desk)}
          <button class="button" @click=${() => this.desk.ask("help")}>${this.t("top.help")} <kbd>?</kbd></button>
        </div>
      </header>
    `;
  }
}
