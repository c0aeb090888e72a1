// Each finding in full: the original characters, how they were read, what they would do, what to do instead, where that is from.
import { html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import "./findings.css";
import type { Finding } from "../api/types.js";
import { held, inert } from "../shell/held.js";
import { copyButton } from "./copy.js";
import { plainly } from "./cs-effect.js";
import { DetailElement } from "./detail-element.js";
import { reference } from "./reference.js";

/** `<cs-findings>` */
@customElement("cs-findings")
export class CsFindings extends DetailElement {
  #decoded(finding: Finding) {
    if (finding.decoded.length === 0) return nothing;
    return html`
      <p class="disguise">${this.t("post.decoded")}</p>
      <ol class="chain">${finding.decoded.map((step) => html`<li><pre class="held">${inert(step)}</pre></li>`)}</ol>
    `;
  }

  #references(finding: Finding) {
    if (finding.references.length === 0) return nothing;
    const links = finding.references.map((text) => {
      const { label, href } = reference(text);
      return html`<li>${href ? html`<a href=${href} target="_blank" rel="noopener noreferrer">${held(label)}</a>` : held(label)}</li>`;
    });
    return html`<div><dt>${this.t("post.references")}</dt><dd><ul class="references">${links}</ul></dd></div>`;
  }

  #card(finding: Finding, index: number) {
    const field = finding.field === "body" ? nothing : html` · ${this.t("post.field.of", { name: finding.field })}`;
    return html`
      <li class="finding severity-${finding.severity}" id="finding-${index + 1}" tabindex="-1" aria-labelledby="finding-title-${index + 1}">
        <h4 id="finding-title-${index + 1}">
          <span class="number">${index + 1}</span> ${held(finding.title)}
          <span class="badge severity-${finding.severity}">${this.w("severity", finding.severity)}</span>
        </h4>
        <p class="soft"><code>${held(finding.rule)}</code> · ${this.w("direction", finding.direction)}${field}</p>
        <pre class="held excerpt">${inert(finding.excerpt)}</pre>
        ${this.#decoded(finding)}
        <dl class="facts">
          <div><dt>${this.t("post.does")}</dt><dd class="effect-why"><bdi>${plainly(finding)}</bdi></dd></div>
          ${finding.safer ? html`<div class="safer"><dt>${this.t("post.safer")}</dt><dd>${held(finding.safer)} ${copyButton(finding.safer, this.t("post.safer"), this.state.settings.locale)}</dd></div>` : nothing}
          ${this.#references(finding)}
        </dl>
        <button class="button quiet link" @click=${() => this.showMark(index)}>${this.t("post.show", { n: index + 1 })}</button>
      </li>
    `;
  }

  #mention(finding: Finding) {
    return html`
      <li>
        <p><span class="badge">${this.w("stance", finding.stance)}</span> ${held(finding.title)}</p>
        <pre class="held excerpt">${inert(finding.excerpt)}</pre>
      </li>
    `;
  }

  protected override render() {
    const mentions = this.detail.verdict?.mentions ?? [];
    return html`
      ${
        this.findings.length
          ? html`<section aria-labelledby="findings-title">
              <h3 id="findings-title">${this.t("post.findings")} <span class="count">${this.findings.length}</span></h3>
              <ol class="findings">${this.findings.map((finding, index) => this.#card(finding, index))}</ol>
            </section>`
          : nothing
      }
      ${
        mentions.length
          ? html`<details class="mentions">
              <summary>${this.t("post.mentions")} <span class="count">${mentions.length}</span></summary>
              <ul>${mentions.map((finding) => this.#mention(finding))}</ul>
            </details>`
          : nothing
      }
    `;
  }
}
