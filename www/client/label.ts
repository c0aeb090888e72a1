/**
 * The label beside an author's name: says in words who wrote a post and, on request, how that is known.
 */
import type { Origin } from "countersign";
import { css, html, LitElement, nothing } from "lit";
import { english, type Locale, publicLabel } from "./locale.js";
import { tokens } from "./style.js";

/**
 * `<countersign-label>`: shown only for an origin that is verified or declared.
 *
 * Themed by `--countersign-agent`, `--countersign-surface`, `--countersign-text`, `--countersign-border`.
 */
export class CountersignLabel extends LitElement {
  static override properties = { origin: { attribute: false }, locale: { attribute: false }, open: { state: true } };
  static override styles = [
    tokens,
    css`
      :host { display: inline-block; position: relative; vertical-align: baseline; }
      button { all: unset; box-sizing: border-box; cursor: pointer; display: inline-flex; gap: 0.35em; align-items: center; min-block-size: 24px;
        padding: 0.1em 0.6em; border-radius: 999px; font-size: 0.8125em; font-weight: 600; line-height: 1.4;
        color: var(--agent); background: var(--agent-soft); border: 1px solid var(--agent-line); }
      button:focus-visible { outline: 2px solid var(--agent); outline-offset: 2px; }
      .for { font-weight: 400; }
      .panel { position: absolute; z-index: 5; inset-block-start: calc(100% + 6px); inset-inline-start: 0; inline-size: max-content; max-inline-size: min(22rem, 76vw);
        padding: 0.75rem 0.9rem; border-radius: 10px; color: var(--text); background: var(--surface); border: 1px solid var(--border);
        box-shadow: 0 8px 24px rgb(0 0 0 / 0.18); font-size: 0.875rem; font-weight: 400; line-height: 1.5; }
      .panel p { margin: 0; font-weight: 600; }
      ul { margin: 0.35rem 0 0; padding-inline-start: 1.1rem; overflow-wrap: anywhere; }
    `,
  ];

  declare origin: Origin | undefined;
  declare locale: Locale;
  declare open: boolean;

  constructor() {
    super();
    this.locale = english;
    this.open = false;
    this.addEventListener("keydown", (event) => this.#onKey(event));
    this.addEventListener("focusout", (event) => this.#onFocusOut(event));
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !this.open) return;
    this.open = false;
    event.stopPropagation();
  }

  #onFocusOut(event: FocusEvent): void {
    if (!this.contains(event.relatedTarget as Node | null)) this.open = false;
  }

  protected override render() {
    const key = this.origin && publicLabel(this.origin);
    if (!this.origin || !key) return nothing;
    const label = this.locale.label[key];
    const who = this.origin.onBehalfOf;
    return html`<button type="button" aria-expanded=${this.open} aria-label=${this.locale.labelName(label)} @click=${() => (this.open = !this.open)}>
        <span aria-hidden="true">${key === "service" ? "⚙" : "✦"}</span>${label}${who ? html`<span class="for">${this.locale.onBehalfOf(who)}</span>` : nothing}
      </button>
      ${this.open ? this.#evidence(this.origin) : nothing}`;
  }

  #evidence(origin: Origin) {
    const basis = origin.basis === "verified" || origin.basis === "declared" ? this.locale.basis[origin.basis] : "";
    return html`<div class="panel" role="group" aria-label=${this.locale.evidence}>
      <p>${basis}</p>
      <ul>
        ${origin.evidence.map((one) => html`<li>${one.detail}</li>`)}
      </ul>
    </div>`;
  }
}
