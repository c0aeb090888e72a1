// The section's head and its three parts; which one is shown is in the address.
import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Key } from "../locale/locale.js";
import { DeskElement } from "../shell/element.js";
import { followed } from "../shell/link.js";
import "../statistics/statistics.css";
import "./cs-dry-run.js";
import "./cs-exceptions.js";
import "./cs-try.js";
import "./learning.css";

const PARTS = ["exceptions", "try", "dry-run"] as const;
type Part = (typeof PARTS)[number];

/** The part an address names; the exceptions when it names none. */
export const partOf = (path: string): Part => PARTS.find((part) => path.split(/[/?]/)[0] === part) ?? "exceptions";

/** `<cs-learning>` */
@customElement("cs-learning")
export class CsLearning extends DeskElement {
  @property() path = "";

  #link(part: Part, current: Part) {
    const address = `#/learning/${part}`;
    const name: Key = `learning.${part}`;
    return html`<li><a href=${address} aria-current=${part === current ? "page" : nothing} @click=${followed(this.desk, address)}>${this.t(name)}</a></li>`;
  }

  #part(part: Part) {
    const { desk, state } = this;
    if (part === "try") return html`<cs-try .desk=${desk} .state=${state}></cs-try>`;
    if (part === "dry-run") return html`<cs-dry-run .desk=${desk} .state=${state}></cs-dry-run>`;
    return html`<cs-exceptions .desk=${desk} .state=${state} .path=${this.path}></cs-exceptions>`;
  }

  protected override render() {
    const current = partOf(this.path);
    return html`
      <header class="section-head">
        <h1>${this.t("learning.title")}</h1>
        <nav class="parts" aria-label=${this.t("learning.parts")}><ul>${PARTS.map((part) => this.#link(part, current))}</ul></nav>
      </header>
      ${this.#part(current)}
    `;
  }
}
