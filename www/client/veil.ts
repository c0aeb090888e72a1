/**
 * The veil over an instruction that changes permissions: says what it would do before it can be read, copied or followed.
 */
import type { Finding } from "countersign";
import { css, html, LitElement, nothing } from "lit";
import { english, type Locale } from "./locale.js";
import { tokens } from "./style.js";

/**
 * `<countersign-veil>`: its own text is not rendered (nor spoken, nor selectable) until the reader acknowledges.
 *
 * A range that crosses several text nodes has one veil for each; only the first speaks (`findings`), the others follow it.
 * Fires `countersign-acknowledge`, bubbling and composed, when the reader asks to see it.
 */
export class CountersignVeil extends LitElement {
  static override properties = { findings: { attribute: false }, locale: { attribute: false }, open: { type: Boolean, reflect: true } };
  static override styles = [
    tokens,
    css`
      :host { display: inline; }
      .veil { display: inline-block; box-sizing: border-box; inline-size: 36rem; max-inline-size: 100%; margin-block: 0.25rem; padding: 0.7rem 0.9rem; border-radius: 10px;
        border: 1px solid var(--warn-line); border-inline-start: 4px solid var(--warn); background: var(--warn-soft); color: var(--text);
        font-family: system-ui, sans-serif; font-size: 0.9rem; line-height: 1.5; white-space: normal; vertical-align: top; }
      strong { display: block; color: var(--warn); }
      ul { margin: 0.25rem 0 0; padding-inline-start: 1.1rem; }
      .safer { margin: 0.35rem 0 0; }
      button { margin-block-start: 0.6rem; min-block-size: 32px; padding: 0.2rem 0.8rem; border-radius: 8px; border: 1px solid var(--warn); font: inherit; font-weight: 600;
        color: var(--warn); background: var(--surface); cursor: pointer; }
      button:focus-visible { outline: 2px solid var(--warn); outline-offset: 2px; }
      mark { color: inherit; background: var(--warn-soft); box-shadow: 0 2px 0 var(--warn); }
    `,
  ];

  declare findings: readonly Finding[];
  declare locale: Locale;
  declare open: boolean;

  constructor() {
    super();
    this.findings = [];
    this.locale = english;
    this.open = false;
  }

  /** Shows the text and tells the page. */
  acknowledge(): void {
    this.open = true;
    this.dispatchEvent(new CustomEvent("countersign-acknowledge", { bubbles: true, composed: true, detail: { findings: this.findings } }));
  }

  protected override render() {
    if (this.open) return html`<mark title=${this.locale.acknowledged}><slot></slot></mark>`;
    return this.findings.length === 0 ? nothing : this.#notice();
  }

  #notice() {
    const safer = [...new Set(this.findings.map((finding) => finding.safer))].filter(Boolean);
    return html`<span class="veil" role="note">
      <strong>${this.locale.veil(this.findings)}</strong>
      ${this.findings.map((finding) => html`<span>${finding.why} </span>`)}
      ${safer.length > 0 ? html`<span class="safer">${this.locale.instead}: ${safer.join("; ")}</span><br />` : nothing}
      <button type="button" @click=${() => this.acknowledge()}>${this.locale.acknowledge}</button>
    </span>`;
  }
}
