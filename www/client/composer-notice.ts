/**
 * What stands under the field a post is written in: what the text would change, and the honest question who wrote it.
 */
import type { Finding } from "countersign";
import { make, shadow, sheet } from "./dom.js";
import type { Locale } from "./locale.js";
import { COMPOSER } from "./style.js";

let style: CSSStyleSheet | undefined;

/** Who the writer says wrote it. */
export type Writer = keyof Locale["composer"]["writers"];

/** `<countersign-composer>`. */
export class CountersignComposer extends HTMLElement {
  readonly #found = make("div", { class: "found", hidden: "" });
  readonly #suspected = make("div", { class: "suspected", hidden: "" });
  #select: HTMLSelectElement | undefined;

  /** Builds it; `chosen` is called when the writer says who wrote the text. */
  build(locale: Locale["composer"], chosen: () => void): void {
    style ??= sheet(COMPOSER);
    const options = Object.entries(locale.writers).map(([value, text]) => make("option", { value }, text));
    const select = make("select", {}, ...options) as HTMLSelectElement;
    select.addEventListener("change", chosen);
    this.#select = select;
    this.#suspected.textContent = locale.suspected;
    // One live region that is there from the start: what appears in it is read out.
    const said = make("div", { role: "status" }, this.#found, this.#suspected);
    shadow(this, [style]).append(said, make("label", {}, locale.writer, select));
  }

  /** Who the writer says wrote it. */
  get writer(): Writer {
    return (this.#select?.value ?? "none") as Writer;
  }

  /** Says what was found, or nothing. */
  show(findings: readonly Finding[], suspected: boolean, locale: Locale["composer"]): void {
    const why = [...new Set(findings.map((finding) => finding.why))];
    this.#found.replaceChildren(make("strong", {}, locale.found(findings)), make("ul", {}, ...why.map((line) => make("li", {}, line))));
    this.#found.hidden = findings.length === 0;
    this.#suspected.hidden = !suspected;
  }
}
