// Under a post: each finding can be marked as a false alarm or taken as an example, and the whole incident exported.
import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Finding, PostDetail } from "../api/types.js";
import { DeskElement } from "../shell/element.js";
import { held } from "../shell/held.js";
import { followed } from "../shell/link.js";
import { teaches } from "./may.js";
import "./learning.css";

/** `<cs-teach>` */
@customElement("cs-teach")
export class CsTeach extends DeskElement {
  @property({ attribute: false }) detail!: PostDetail;

  #download(path: string, label: string, name?: string) {
    return html`<a class="button quiet link" href=${this.desk.http.address(path).href} download aria-label=${name ?? nothing}>${label}</a>`;
  }

  #finding(finding: Finding, index: number) {
    const { id } = this.detail;
    const post = encodeURIComponent(id);
    const address = `#/learning/exceptions?post=${post}&finding=${index}`;
    const name = (label: string) => `${label}: ${finding.title}`;
    const mark = this.t("teach.mark");
    const example = this.t("teach.example");
    return html`
      <li>
        <code>${held(finding.rule)}</code>
        ${teaches(this.state) ? html`<a class="button quiet link" href=${address} aria-label=${name(mark)} @click=${followed(this.desk, address)}>${mark}</a>` : nothing}
        ${this.#download(`posts/${post}/example?fingerprint=${encodeURIComponent(finding.fingerprint)}`, example, name(example))}
      </li>
    `;
  }

  /** One line for each rule and instruction: the same one found twice is one false alarm. */
  #findings() {
    const seen = new Set<string>();
    const findings = (this.detail.verdict?.findings ?? []).map((finding, index) => ({ finding, index }));
    const once = findings.filter(({ finding }) => !seen.has(finding.fingerprint) && seen.add(finding.fingerprint));
    if (once.length === 0 || this.detail.erasedAt !== null) return nothing;
    return html`<p class="soft">${this.t("teach.text")}</p><ul class="teach-list">${once.map(({ finding, index }) => this.#finding(finding, index))}</ul>`;
  }

  protected override render() {
    const post = encodeURIComponent(this.detail.id);
    return html`
      <section aria-labelledby="teach-title">
        <h3 id="teach-title">${this.t("teach.title")}</h3>
        ${this.#findings()}
        <p class="teach-report">
          <span>${this.t("teach.report")}</span>
          ${this.#download(`posts/${post}/report?format=markdown`, "Markdown", this.t("teach.report.as", { format: "Markdown" }))}
          ${this.#download(`posts/${post}/report?format=json`, "JSON", this.t("teach.report.as", { format: "JSON" }))}
        </p>
      </section>
    `;
  }
}
