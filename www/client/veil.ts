/**
 * The veil over an instruction that changes permissions: says what it would do before it can be read, copied or followed.
 */
import type { Finding } from "countersign";
import { make, shadow, sheet } from "./dom.js";
import type { Locale } from "./locale.js";
import { VEIL } from "./style.js";

let style: CSSStyleSheet | undefined;

/**
 * `<countersign-veil>`: its own text is not rendered (nor spoken, nor selectable) until the reader acknowledges.
 *
 * A range that crosses several text nodes has one veil for each; only the first speaks, the others follow it. Fires
 * `countersign-acknowledge`, bubbling and composed, when the reader asks to see it; the attribute `open` says that it is seen.
 * Themed by `--countersign-warn`, `-warn-soft`, `-warn-line`, `-surface`, `-text`.
 */
export class CountersignVeil extends HTMLElement {
  readonly #root: ShadowRoot;

  constructor() {
    super();
    style ??= sheet(VEIL);
    this.#root = shadow(this, [style]);
  }

  /** Says what `findings` would do; with none the veil only hides. */
  explain(findings: readonly Finding[], locale: Locale): void {
    this.#root.replaceChildren(...(findings.length === 0 ? [] : [this.#notice(findings, locale)]));
  }

  /** Shows the text, marked. */
  reveal(locale: Locale): void {
    this.toggleAttribute("open", true);
    this.#root.replaceChildren(make("mark", { title: locale.acknowledged }, make("slot", {})));
  }

  #notice(findings: readonly Finding[], locale: Locale): HTMLElement {
    const safer = [...new Set(findings.map((finding) => finding.safer))].filter(Boolean);
    const button = make("button", { type: "button" }, locale.acknowledge);
    button.addEventListener("click", () =>
      this.dispatchEvent(new CustomEvent("countersign-acknowledge", { bubbles: true, composed: true })),
    );
    return make(
      "span",
      { class: "veil", role: "note" },
      make("strong", {}, locale.veil(findings)),
      ...[...new Set(findings.map((finding) => finding.why))].map((why) => make("span", { class: "why" }, why)),
      ...(safer.length > 0 ? [make("span", { class: "safer" }, `${locale.instead}: ${safer.join("; ")}`)] : []),
      button,
    );
  }
}
