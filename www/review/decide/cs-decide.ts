// The decision: one button and one key each, always in view; or why there is nothing to decide. Nobody sees a button that is dead.
import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { PostDetail, Step } from "../api/types.js";
import { keyOf } from "../keyboard/keys.js";
import { moment } from "../locale/time.js";
import "./decide.css";
import { until } from "../shell/clock.js";
import { DeskElement } from "../shell/element.js";
import { held } from "../shell/held.js";
import { conflictOf } from "../state/state.js";
import { barred, stepsOn } from "../state/steps.js";

/** The buttons in their order: what a moderator does most comes first. */
const BUTTONS: readonly (readonly [Exclude<Step, "undo" | "claim" | "release">, string])[] = [
  ["approve", "good"],
  ["reject", "danger"],
  ["return", ""],
  ["redact", ""],
  ["escalate", ""],
];

/** `<cs-decide>` */
@customElement("cs-decide")
export class CsDecide extends DeskElement {
  @property({ attribute: false }) detail!: PostDetail;

  #button(step: Step, look: string, act: () => void) {
    if (!this.desk.decisions.may(step)) return nothing;
    return html`<button class="button ${look}" @click=${act}>${this.t(`step.${step}`)} <kbd>${keyOf(step === "release" ? "claim" : step)}</kbd></button>`;
  }

  #claim() {
    const mine = this.detail.claimedBy !== null && this.detail.claimedBy === this.state.session?.moderator.id;
    return html`${mine ? until(this.detail.claimedUntil, this.state.settings.locale) : nothing}
    ${this.#button(mine ? "release" : "claim", "quiet", () => this.desk.decisions.toggleClaim())}`;
  }

  /** Why a step others may take is not there for this moderator. */
  #bar() {
    const { detail, state } = this;
    const moderator = state.session?.moderator;
    const bar = moderator ? barred("approve", detail, moderator) : null;
    if (bar === null) return nothing;
    if (bar === "claimed")
      return html`<p class="soft">${this.t("decide.claimed", { who: detail.claimedBy ?? "" })} ${until(detail.claimedUntil, state.settings.locale)}</p>`;
    return html`<p class="soft">${this.t(`decide.${bar}`, { who: detail.escalatedBy ?? "" })}</p>`;
  }

  /** Why a lead is asked. */
  #escalation() {
    const { escalation } = this.detail;
    if (!escalation) return nothing;
    return html`<p class="decide-comment"><span class="soft">${this.t("decide.escalation", { who: escalation.by })}</span> “${held(escalation.comment)}”</p>`;
  }

  /** A post that two have to approve says so in a sentence and in marks. */
  #approvals() {
    const { approvals } = this.detail;
    if (!approvals) return nothing;
    const { needed, by } = approvals;
    const marks = Array.from(
      { length: needed },
      (_, at) => html`<span class="approval" data-given=${at < by.length}>${at < by.length ? "✓" : "·"}</span>`,
    );
    return html`<p class="approvals"><span aria-hidden="true">${marks}</span> ${by.length === 0 ? this.t("approve.two.nobody") : this.t("approve.two", { who: by.join(", ") })}</p>`;
  }

  #act(step: (typeof BUTTONS)[number][0]): () => void {
    const { decisions } = this.desk;
    return () => (step === "approve" ? decisions.approve() : decisions.ask(step));
  }

  #open(steps: readonly Step[]) {
    const auditor = this.state.session?.moderator.role === "auditor";
    if (this.state.pending[this.detail.id]) return html`<p class="soft" role="status">${this.t("decide.pending")}</p>`;
    return html`
      ${this.#approvals()} ${this.#escalation()} ${this.#bar()}
      ${
        auditor
          ? nothing
          : html`<div class="decide-acts">
              ${BUTTONS.map(([step, look]) => this.#button(step, look, this.#act(step)))}
              <span class="spring"></span>
              ${steps.includes("claim") || steps.includes("release") ? this.#claim() : nothing}
            </div>`
      }
    `;
  }

  #undo() {
    if (!this.desk.decisions.may("undo")) return nothing;
    const { undo } = this.detail;
    return html`<p class="decide-acts">${this.#button("undo", "", () => void this.desk.decisions.undo())} ${until(undo?.until ?? null, this.state.settings.locale)}</p>`;
  }

  #decided() {
    const { decision } = this.detail;
    if (!decision) return nothing;
    const redacted = decision.redactions?.length ?? 0;
    return html`
      <p>
        <strong>${this.t("decide.done", { state: this.w("state", decision.state), who: decision.by })}</strong>
        <span class="soft">${moment(decision.at, this.state.settings.locale)}</span>
        ${redacted ? html`<span class="soft">· ${this.t("decide.redacted", { count: redacted })}</span>` : nothing}
      </p>
      ${decision.comment ? html`<p class="decide-comment">“${held(decision.comment)}”</p>` : nothing} ${this.#undo()}
    `;
  }

  #closed() {
    const { state, decision, onBehalfOf } = this.detail;
    if (decision) return this.#decided();
    if (state === "blocked")
      return html`<p>${onBehalfOf ? this.t("decide.blocked", { who: onBehalfOf }) : this.t("decide.blocked.nobody")}</p>`;
    return html`<p>${state === "flagged" ? this.t("decide.flagged") : this.w("state", state)}</p>`;
  }

  protected override render() {
    const { state } = this.detail;
    const steps = stepsOn(this.detail);
    if (conflictOf(this.state)) return nothing;
    return html`
      <section class="decide" aria-label=${this.t("decide.name")}>
        ${steps.length && state !== "held" && state !== "claimed" ? this.#closed() : nothing}
        ${steps.length ? this.#open(steps) : this.#closed()}
      </section>
    `;
  }
}
