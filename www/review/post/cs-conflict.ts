// Shown when a step came too late: what changed meanwhile, word by word where it was the text, and the way to the post as it stands.
import { html, nothing, type PropertyValues } from "lit";
import { customElement } from "lit/decorators.js";
import { DeskElement } from "../shell/element.js";
import { held } from "../shell/held.js";
import { type Conflict, conflictOf } from "../state/state.js";
import { type Change, changes } from "./changes.js";
import { difference } from "./difference.js";
import { changedTexts } from "./texts.js";

/** `<cs-conflict>` */
@customElement("cs-conflict")
export class CsConflict extends DeskElement {
  protected override firstUpdated(_changed: PropertyValues<this>): void {
    this.querySelector<HTMLElement>("section")?.focus();
  }

  #value(change: Change) {
    const nobody = this.t("conflict.nobody");
    switch (change.what) {
      case "content":
        return this.t("conflict.content.changed");
      case "state":
        return `${this.w("state", change.from)} → ${this.w("state", change.to)}`;
      case "claimedBy":
      case "escalatedBy":
        return html`${held(change.from ?? nobody)} → ${held(change.to ?? nobody)}`;
      case "decision":
        return html`${held(change.by)}${change.comment ? html`: “${held(change.comment)}”` : nothing}`;
      case "approvals":
        return held(change.by.join(", "));
      case "version":
        return `${change.from} → ${change.to}`;
    }
  }

  #texts({ before, current }: Conflict) {
    const { locale } = this.state.settings;
    return changedTexts(before.submission, current.submission).map((text) => difference(text.before, text.after, locale));
  }

  protected override render() {
    const conflict = conflictOf(this.state);
    if (!conflict) return nothing;
    const rows = changes(conflict.before, conflict.current).map(
      (change) => html`<div><dt>${this.t(`conflict.${change.what}`)}</dt><dd>${this.#value(change)}</dd></div>`,
    );
    return html`
      <section class="conflict" role="alert" tabindex="-1" aria-labelledby="conflict-title">
        <h3 id="conflict-title">${this.t("conflict.title")}</h3>
        <p>${this.t("conflict.text", { step: this.t(`step.${conflict.step}`) })}</p>
        <dl class="facts">${rows}</dl>
        ${this.#texts(conflict)}
        <button class="button primary" @click=${() => this.desk.decisions.reload()}>${this.t("conflict.reload")}</button>
      </section>
    `;
  }
}
