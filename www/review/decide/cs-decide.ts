// The decision: one button and one key each, always in view; or why there is nothing to decide.
import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { PostDetail, Step } from "../api/types.js";
import { moment } from "../locale/time.js";
import "./decide.css";
import { DeskElement } from "../shell/element.js";
import { held } from "../shell/held.js";
import { stepsOn } from "../state/steps.js";

const KEYS: Readonly<Record<Step, string>> = {
  approve: "a",
  reject: "r",
  return: "d",
  claim: "c",
  release: "c",
  redact: "x",
  escalate: "e",
  undo: "z",
};

/** `<cs-decide>` */
@customElement("cs-decide")
export class CsDecide extends DeskElement {
  @property({ attribute: false }) detail!: PostDetail;

  #button(step: Step, look: string, act: () => void) {
    const busy = this.state.pending[this.detail.id]?.step === step;
    return html`
      <button class="button ${look}" ?disabled=${!this.desk.decisions.may(step)} aria-busy=${busy} @click=${act}>
        ${this.t(`step.${step}`)} <kbd>${KEYS[step]}</kbd>
      </button>
    `;
  }

  #claim() {
    const mine = this.detail.claimedBy !== null && this.detail.claimedBy === this.state.session?.moderator.id;
    return this.#button(mine ? "release" : "claim", "quiet", () => this.desk.decisions.toggleClaim());
  }

  /** Why the buttons are off, when they are. */
  #hint() {
    const moderator = this.state.session?.moderator;
    const { approvals, claimedBy } = this.detail;
    if (moderator?.role === "auditor") return html`<p class="soft">${this.t("decide.auditor")}</p>`;
    if (claimedBy === null || claimedBy === moderator?.id)
      return approvals ? html`<p class="soft">${this.#two(approvals.by)}</p>` : nothing;
    return html`<p class="soft">${this.t("decide.claimed", { who: claimedBy })}</p>`;
  }

  #two(by: readonly string[]): string {
    return by.length === 0 ? this.t("approve.two.nobody") : this.t("approve.two", { who: by.join(", ") });
  }

  #open(steps: readonly Step[]) {
    return html`
      ${this.#hint()}
      <div class="decide-acts">
        ${this.#button("approve", "good", () => this.desk.decisions.approve())}
        ${this.#button("reject", "danger", () => this.desk.decisions.ask("reject"))}
        ${steps.includes("return") ? this.#button("return", "", () => this.desk.decisions.ask("return")) : nothing}
        <span class="spring"></span>
        ${steps.includes("claim") || steps.includes("release") ? this.#claim() : nothing}
      </div>
    `;
  }

  #closed() {
    const { state, decision, onBehalfOf } = this.detail;
    if (decision) {
      const time = moment(decision.at, this.state.settings.locale);
      return html`
        <p><strong>${this.t("decide.done", { state: this.w("state", decision.state), who: decision.by })}</strong> <span class="soft">${time}</span></p>
        ${decision.comment ? html`<p class="decide-comment">“${held(decision.comment)}”</p>` : nothing}
      `;
    }
    if (state === "blocked")
      return html`<p>${onBehalfOf ? this.t("decide.blocked", { who: onBehalfOf }) : this.t("decide.blocked.nobody")}</p>`;
    return html`<p>${state === "flagged" ? this.t("decide.flagged") : this.w("state", state)}</p>`;
  }

  protected override render() {
    const steps = stepsOn(this.detail);
    return html`
      <section class="decide" aria-label=${this.t("decide.name")}>
        ${steps.length && this.detail.state !== "held" && this.detail.state !== "claimed" ? this.#closed() : nothing}
        ${steps.length ? this.#open(steps) : this.#closed()}
      </section>
    `;
  }
}
