// The bar: where the posts are by state, whether the page is live, and what a moderator sets for themselves.
import { html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { LANGUAGES, type Locale, say } from "../locale/locale.js";
import { writeRoute } from "../state/route.js";
import { FILTERS, type Filter, type Settings } from "../state/state.js";
import { DeskElement } from "./element.js";

const THEMES = ["auto", "light", "dark"] as const;
const chosen = (event: Event) => (event.target as HTMLSelectElement).value;

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

  #settings() {
    const { settings } = this.state;
    const languages = Object.keys(LANGUAGES) as Locale[];
    const theme = (event: Event) => this.desk.set({ theme: chosen(event) as Settings["theme"] });
    const language = (event: Event) => this.desk.set({ locale: chosen(event) as Locale });
    return html`
      <select class="field" aria-label=${this.t("top.theme")} @change=${theme}>
        ${THEMES.map((each) => html`<option value=${each} ?selected=${each === settings.theme}>${this.t(`theme.${each}`)}</option>`)}
      </select>
      <select class="field" aria-label=${this.t("top.language")} @change=${language}>
        ${languages.map(
          (each) => html`<option value=${each} lang=${each} ?selected=${each === settings.locale}>${say(each, "page.name")}</option>`,
        )}
      </select>
      <button class="button" @click=${() => this.desk.ask("help")}>${this.t("top.help")} <kbd>?</kbd></button>
    `;
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
          ${this.#settings()}
        </div>
      </header>
    `;
  }
}
