// Keeps the present view under a name.
import { html, type PropertyValues } from "lit";
import { customElement } from "lit/decorators.js";
import { closed, toggleDialog } from "../shell/dialog.js";
import { DeskElement } from "../shell/element.js";

/** `<cs-save-view>` */
@customElement("cs-save-view")
export class CsSaveView extends DeskElement {
  protected override updated(_changed: PropertyValues<this>): void {
    const dialog = this.querySelector("dialog");
    if (!toggleDialog(dialog, this.state.dialog === "save")) return;
    dialog?.querySelector("form")?.reset();
    dialog?.querySelector("input")?.focus();
  }

  #send(event: Event): void {
    event.preventDefault();
    const name = String(new FormData(event.target as HTMLFormElement).get("name") ?? "").trim();
    if (name) void this.desk.list.saveView(name);
  }

  protected override render() {
    return html`
      <dialog class="decision" aria-labelledby="save-title" @close=${(event: Event) => closed(event) && this.state.dialog === "save" && this.desk.close()}>
        <form @submit=${this.#send}>
          <h2 id="save-title">${this.t("view.title")}</h2>
          <p>${this.t("view.text")}</p>
          <label class="words"><span>${this.t("view.name")}</span><input class="field" name="name" required maxlength="80" autocomplete="off" /></label>
          <p class="dialog-acts">
            <button type="button" class="button" @click=${() => this.desk.close()}>${this.t("decide.cancel")}</button>
            <button class="button primary">${this.t("view.confirm")}</button>
          </p>
        </form>
      </dialog>
    `;
  }
}
