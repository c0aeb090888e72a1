// Every key there is, and a switch for those without a modifier (WCAG 2.1.4).
import { html, type PropertyValues } from "lit";
import { customElement } from "lit/decorators.js";
import { choices } from "../shell/choices.js";
import { closed, toggleDialog } from "../shell/dialog.js";
import { DeskElement } from "../shell/element.js";
import { BINDINGS, type Binding } from "./keys.js";

const SIGNS: Readonly<Record<string, string>> = { ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc", J: "⇧ J", K: "⇧ K" };
const GROUPS = ["decide", "move", "choose", "page"] as const;

/** `<cs-help>`: the dialog behind `?`. */
@customElement("cs-help")
export class CsHelp extends DeskElement {
  protected override updated(_changed: PropertyValues<this>): void {
    toggleDialog(this.querySelector("dialog"), this.state.dialog === "help");
  }

  #binding(binding: Binding) {
    return html`
      <div>
        <dt>${binding.keys.map((key) => html`<kbd>${SIGNS[key] ?? key}</kbd> `)}</dt>
        <dd>${this.t(binding.words)}</dd>
      </div>
    `;
  }

  #group(group: (typeof GROUPS)[number]) {
    return html`
      <section>
        <h3>${this.t(`help.${group}`)}</h3>
        <dl class="keys">${BINDINGS.filter((binding) => binding.group === group).map((binding) => this.#binding(binding))}</dl>
      </section>
    `;
  }

  protected override render() {
    const turn = (event: Event) => this.desk.set({ keys: (event.target as HTMLInputElement).checked });
    return html`
      <dialog class="help" aria-labelledby="help-title" @close=${(event: Event) => closed(event) && this.desk.close()}>
        <h2 id="help-title">${this.t("help.title")}</h2>
        <div class="help-groups">${GROUPS.map((group) => this.#group(group))}</div>
        <div class="help-settings">${choices(this.state, this.desk)}</div>
        <label class="choice">
          <input type="checkbox" .checked=${this.state.settings.keys} @change=${turn} />
          <span>${this.t("help.on")}<br /><span class="soft">${this.t("help.on.text")}</span></span>
        </label>
        <p class="dialog-acts"><button class="button primary" autofocus @click=${() => this.desk.close()}>${this.t("help.close")}</button></p>
      </dialog>
    `;
  }
}
