// What the post would do, in plain words, before anything else: the worst first.
import { html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import type { Finding } from "../api/types.js";
import { held, inert } from "../shell/held.js";
import { copyButton } from "./copy.js";
import { DetailElement } from "./detail-element.js";
import { emphasise } from "./emphasis.js";

const RANK = { critical: 0, high: 1, medium: 2, low: 3 };
const SHOWN = 3;

/** An engine's sentence with what matters in it strong. */
export const plainly = (finding: Finding) =>
  emphasise(finding.why, [finding.excerpt, ...finding.decoded]).map(({ text, strong }) =>
    strong ? html`<strong>${inert(text)}</strong>` : html`${inert(text)}`,
  );

/** `<cs-effect>` */
@customElement("cs-effect")
export class CsEffect extends DetailElement {
  #effect([index, finding]: [number, Finding]) {
    return html`
      <li class="effect severity-${finding.severity}">
        <p>
          <span class="badge severity-${finding.severity}">${this.w("severity", finding.severity)}</span>
          <span class="direction">${this.w("direction", finding.direction)}</span>
          ${finding.decoded.length ? html`· <strong>${this.t("post.disguised")}</strong>` : nothing}
          <button class="button quiet link" @click=${() => this.showMark(index)}>${this.t("post.show", { n: index + 1 })}</button>
        </p>
        <p class="effect-why"><bdi>${plainly(finding)}</bdi></p>
        ${finding.safer ? this.#safer(finding) : nothing}
      </li>
    `;
  }

  #safer({ safer }: Finding) {
    return html`<p class="effect-safer"><span class="effect-name">${this.t("post.safer")}</span> ${held(safer)} ${copyButton(safer, this.t("post.safer"), this.state.settings.locale)}</p>`;
  }

  /** Without an instruction to weigh: why the post is here at all, when that is not its findings. */
  #cause() {
    const { undecided, verdict } = this.detail;
    const unasked = verdict?.request.status === "unrequested" ? verdict.request.why : null;
    const why = undecided ? this.t("post.undecided", { why: undecided }) : unasked;
    if (!why) return nothing;
    return html`
      <section aria-labelledby="effect-title">
        <h3 id="effect-title">${this.t("post.why")}</h3>
        <p class="effect effect-why severity-${undecided ? "high" : "none"}">${held(why)}</p>
      </section>
    `;
  }

  protected override render() {
    const worst = [...this.findings.entries()].sort(([, a], [, b]) => RANK[a.severity] - RANK[b.severity]);
    if (worst.length === 0) return this.#cause();
    const rest = worst.length - SHOWN;
    return html`
      <section aria-labelledby="effect-title">
        <h3 id="effect-title">${this.t("post.effect")}</h3>
        <ol class="effects">${worst.slice(0, SHOWN).map((entry) => this.#effect(entry))}</ol>
        ${rest > 0 ? html`<p class="soft"><button class="button quiet link" @click=${() => this.showCard(0)}>${this.t("post.rest", { count: rest })}</button></p>` : nothing}
      </section>
    `;
  }
}
