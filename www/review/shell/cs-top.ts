// The bar: the sections of the page, whether it is live, and what a moderator sets for themselves.
import { html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import type { Key } from "../locale/locale.js";
import { choices } from "./choices.js";
import { DeskElement } from "./element.js";
import { followed } from "./link.js";
import { SECTIONS } from "./sections.js";

const QUEUE = { id: "queue", label: "section.queue" } as const;

/** `<cs-top>` */
@customElement("cs-top")
export class CsTop extends DeskElement {
  #section({ id, label }: { id: string; label: Key }) {
    const address = `#/${id}`;
    const current = id === this.state.section;
    return html`<li><a href=${address} aria-current=${current ? "page" : nothing} @click=${followed(this.desk, address)}>${this.t(label)}</a></li>`;
  }

  #connection() {
    const { connection } = this.state;
    return html`<span class="connection" data-connection=${connection}>${this.t(`connection.${connection}`)}</span>`;
  }

  #person() {
    const { session } = this.state;
    if (!session) return nothing;
    const { moderator, signOut } = session;
    return html`
      <span class="me"><bdi>${moderator.name}</bdi> <span class="soft">${this.w("role", moderator.role)}</span></span>
      ${signOut ? html`<form method="post" action=${signOut}><button class="button">${this.t("top.signout")}</button></form>` : nothing}
    `;
  }

  protected override render() {
    return html`
      <header class="top">
        <h1><img src=${new URL("../mark.svg", import.meta.url).href} alt="" width="22" height="22" />Countersign</h1>
        <nav aria-label=${this.t("section.name")}><ul>${[QUEUE, ...SECTIONS].map((section) => this.#section(section))}</ul></nav>
        <div class="top-side">
          ${this.#connection()} ${this.#person()} ${choices(this.state, this.desk)}
          <button class="button" @click=${() => this.desk.show("help")}>${this.t("top.help")} <kbd>?</kbd></button>
        </div>
      </header>
    `;
  }
}
