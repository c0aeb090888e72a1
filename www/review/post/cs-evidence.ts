// The evidence beside the text: who asked, who wrote it, what else they did, and the record of this post.
import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import "./evidence.css";
import type { AuditEntry } from "../api/types.js";
import { moment } from "../locale/time.js";
import { held, inert } from "../shell/held.js";
import { copyButton } from "./copy.js";
import { DetailElement } from "./detail-element.js";

/** `<cs-evidence>` */
@customElement("cs-evidence")
export class CsEvidence extends DetailElement {
  #fact(name: string, value: string | undefined | null): TemplateResult | typeof nothing {
    return value ? html`<div><dt>${name}</dt><dd>${held(value)}</dd></div>` : nothing;
  }

  #request() {
    const request = this.detail.verdict?.request;
    if (!request) return nothing;
    return html`
      <section aria-labelledby="request-title">
        <h3 id="request-title">${this.t("request.title")}</h3>
        <p><span class="badge request" data-status=${request.status}>${this.w("request", request.status)}</span></p>
        <p>${held(request.why)}</p>
        <dl class="facts">
          ${this.#fact(this.t("request.by"), request.by)} ${this.#fact(this.t("request.via"), request.via && this.w("via", request.via))}
          ${this.#fact(this.t("request.post"), request.post)}
        </dl>
      </section>
    `;
  }

  #origin() {
    const origin = this.detail.verdict?.origin;
    if (!origin) return nothing;
    const evidence = origin.evidence.map(({ signal, detail }) => html`<li>${held(detail)} <code class="soft">${held(signal)}</code></li>`);
    return html`
      <section aria-labelledby="origin-title">
        <h3 id="origin-title">${this.t("origin.title")}</h3>
        <p>
          <span class="badge kind" data-kind=${origin.label}>${this.w("kind", origin.label)}</span>
          <span class="soft">${this.w("basis", origin.basis)}</span>
        </p>
        <dl class="facts">
          ${this.#fact(this.t("origin.agent"), origin.agent)} ${this.#fact(this.t("origin.behalf"), origin.onBehalfOf)}
          ${this.#fact(this.t("origin.operator"), this.detail.operator)}
        </dl>
        ${evidence.length ? html`<ul class="plain-list">${evidence}</ul>` : html`<p class="soft">${this.t("origin.none")}</p>`}
      </section>
    `;
  }

  #history() {
    const { history } = this.detail;
    const numbers = (["posted", "held", "rejected"] as const).map((name) => this.#tally(this.t(`history.${name}`), history[name]));
    return html`
      <section aria-labelledby="history-title">
        <h3 id="history-title">${this.t("history.title")}</h3>
        <dl class="numbers">${numbers}</dl>
      </section>
    `;
  }

  /** Who could have acted on it: only a post that was readable had readers. */
  #exposure() {
    const { seen, acknowledged } = this.detail.exposure;
    const readable = this.detail.action === "flag" || seen > 0;
    if (!readable) return nothing;
    return html`
      <section aria-labelledby="exposure-title">
        <h3 id="exposure-title">${this.t("exposure.title")}</h3>
        <dl class="numbers">${this.#tally(this.t("exposure.seen"), seen)} ${this.#tally(this.t("exposure.acknowledged"), acknowledged)}</dl>
      </section>
    `;
  }

  #tally(name: string, count: number) {
    return html`<div class="tally"><dt>${name}</dt><dd>${count.toLocaleString(this.state.settings.locale)}</dd></div>`;
  }

  #entry(entry: AuditEntry) {
    const comment = entry.detail.comment;
    return html`
      <li>
        <p><strong>${this.w("audit", entry.action)}</strong> <span class="soft">${this.t("post.by")}</span> ${held(entry.actor)}</p>
        <p class="soft"><time datetime=${entry.at}>${moment(entry.at, this.state.settings.locale)}</time></p>
        ${typeof comment === "string" && comment ? html`<p>“${held(comment)}”</p>` : nothing}
      </li>
    `;
  }

  #code(name: string, text: string | null | undefined) {
    if (!text) return nothing;
    return html`
      <div>
        <dt>${name} ${copyButton(text, name, this.state.settings.locale)}</dt>
        <dd><code class="hash">${inert(text)}</code></dd>
      </div>
    `;
  }

  #record() {
    const { contentHash, receipt, verdict, audit } = this.detail;
    const engine = verdict
      ? `${verdict.engine.version} · ${verdict.engine.pack.slice(0, 12)} · ${verdict.engine.policy.slice(0, 12)}`
      : null;
    return html`
      <section aria-labelledby="audit-title">
        <h3 id="audit-title">${this.t("audit.title")}</h3>
        <ol class="audit">${audit.map((entry) => this.#entry(entry))}</ol>
      </section>
      <section aria-labelledby="record-title">
        <h3 id="record-title">${this.t("record.title")}</h3>
        <dl class="facts stacked">
          ${this.#code(this.t("record.hash"), contentHash)} ${this.#code(this.t("record.receipt"), receipt)}
          ${this.#fact(this.t("record.engine"), engine)}
        </dl>
      </section>
    `;
  }

  protected override render() {
    return html`${this.#request()} ${this.#origin()} ${this.#history()} ${this.#exposure()} ${this.#record()}`;
  }
}
