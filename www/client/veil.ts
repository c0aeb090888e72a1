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
  #findings: readonly Finding[] = [];
  #who: keyof Locale["label"] | null = null;

  constructor() {
    super();
    style ??= sheet(VEIL);
    this.#root = shadow(this, [style]);
  }

  /** Says what `findings` would do and, with `who`, who wrote them; with no findings the veil only hides. */
  explain(findings: readonly Finding[], locale: Locale, who: keyof Locale["label"] | null = null): void {
    this.#findings = findings;
    this.#who = who;
    this.#root.replaceChildren(...(findings.length === 0 ? [] : [this.#notice(locale)]));
  }

  /** Shows the text, marked, with a tag before it that says on request what the veil said. */
  reveal(locale: Locale): void {
    this.toggleAttribute("open", true);
    const mark = make("mark", { title: locale.acknowledged }, make("slot", {}));
    this.#root.replaceChildren(...(this.#findings.length === 0 ? [mark] : this.#tagged(mark, locale)));
  }

  #tagged(mark: HTMLElement, locale: Locale): HTMLElement[] {
    const details = make("span", { class: "veil", role: "note", id: "details" }, ...this.#details(locale));
    const label = this.#who === null ? null : locale.label[this.#who];
    const tag = make("button", { type: "button", class: "tag", "aria-controls": "details" }, locale.tag(this.#findings, label));
    const open = (wanted: boolean) => {
      details.hidden = !wanted;
      tag.setAttribute("aria-expanded", String(wanted));
    };
    open(false);
    tag.addEventListener("click", () => open(details.hidden === true));
    return [tag, mark, details];
  }

  #details(locale: Locale): HTMLElement[] {
    const safer = [...new Set(this.#findings.map((finding) => finding.safer))].filter(Boolean);
    return [
      ...(this.#who === null ? [] : [make("span", { class: "who" }, locale.writtenBy[this.#who])]),
      ...[...new Set(this.#findings.map((finding) => finding.why))].map((why) => make("span", { class: "why" }, why)),
      ...(safer.length > 0 ? [make("span", { class: "safer" }, `${locale.instead}: ${safer.join("; ")}`)] : []),
    ];
  }

  #notice(locale: Locale): HTMLElement {
    const button = make("button", { type: "button" }, locale.acknowledge);
    button.addEventListener("click", () =>
      this.dispatchEvent(new CustomEvent("countersign-acknowledge", { bubbles: true, composed: true })),
    );
    const heading = make("strong", {}, locale.veil(this.#findings));
    return make("span", { class: "veil", role: "note" }, heading, ...this.#details(locale), button);
  }
}
