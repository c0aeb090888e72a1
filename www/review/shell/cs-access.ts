// What stands in place of the page while nobody may see it: checking, signed out, refused, no service.
import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { DeskElement } from "./element.js";

/** `<cs-access>`: one sentence, one thing to do. */
@customElement("cs-access")
export class CsAccess extends DeskElement {
  @property({ attribute: false }) retry: () => void = () => {};

  protected override render() {
    const { access } = this.state;
    if (access === "checking" || access === "granted") {
      return html`<main class="blank" aria-busy="true"><p role="status">${this.t("access.checking")}</p></main>`;
    }
    return html`
      <main class="blank">
        <h1>${this.t(`access.${access}.title`)}</h1>
        <p role="status">${this.t(`access.${access}.text`)}</p>
        <p class="blank-acts">
          <button class="button primary" @click=${this.retry}>${this.t("access.again")}</button>
          ${access === "signed-out" ? html`<a class="button" href="../signin">${this.t("access.signin")}</a>` : nothing}
          <a class="button" href="/">${this.t("access.forum")}</a>
        </p>
      </main>
    `;
  }
}
