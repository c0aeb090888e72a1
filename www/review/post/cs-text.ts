// The held words, every field of them, as data: text nodes with the findings marked in place.
import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { moment } from "../locale/time.js";
import { inert } from "../shell/held.js";
import { DetailElement } from "./detail-element.js";
import { highlight, type Segment } from "./highlight.js";
import { reveal } from "./reveal.js";
import { BODY, textsOf } from "./texts.js";

const RANK = ["low", "medium", "high", "critical"] as const;

/** `<cs-text>` */
@customElement("cs-text")
export class CsText extends DetailElement {
  /** The worst severity of the findings over a segment. */
  #severity(marks: readonly number[]): string {
    const ranks = marks.map((mark) => RANK.indexOf(this.findings[mark]?.severity ?? "low"));
    return RANK[Math.max(0, ...ranks)] ?? "low";
  }

  #number(index: number): TemplateResult {
    const title = this.findings[index]?.title ?? "";
    const label = this.t("post.finding", { n: index + 1, title });
    return html`<button class="ref" id="mark-${index + 1}" aria-label=${label} @click=${() => this.showCard(index)}>${index + 1}</button>`;
  }

  // No white space between the parts: every character shown inside the text is a character of it.
  #segment(segment: Segment, indexes: readonly number[]): TemplateResult {
    const marks = segment.marks.flatMap((mark) => indexes[mark] ?? []);
    const starts = segment.starts.flatMap((mark) => indexes[mark] ?? []);
    if (marks.length === 0) return html`${inert(segment.text)}`;
    const deep = marks.length > 1;
    return html`<mark class="severity-${this.#severity(marks)}" data-deep=${deep}>${starts.map((index) => this.#number(index))}${inert(segment.text)}</mark>`;
  }

  #field(name: string, text: string): TemplateResult {
    const indexes = [...this.findings.keys()].filter((index) => this.findings[index]?.field === name);
    const spans = indexes.flatMap((index) => this.findings[index]?.span ?? []);
    const segments = highlight(text, spans);
    return html`
      ${name === BODY ? nothing : html`<h4 class="soft">${this.t("post.field", { name })}</h4>`}
      <pre class="held" dir="auto">${segments.map((segment) => this.#segment(segment, indexes))}</pre>
    `;
  }

  #erased(at: string) {
    return html`
      <section aria-labelledby="text-title">
        <h3 id="text-title">${this.t("post.text.erased")}</h3>
        <p class="erased">${this.t("post.erased", { time: moment(at, this.state.settings.locale) })}</p>
      </section>
    `;
  }

  protected override render() {
    const { state, submission, erasedAt } = this.detail;
    if (erasedAt !== null) return this.#erased(erasedAt);
    const title = state === "blocked" ? "post.text.blocked" : state === "flagged" ? "post.text.flagged" : "post.text";
    const texts = textsOf(submission);
    const hidden = texts.some(([, text]) => reveal(text).some((part) => "code" in part));
    return html`
      <section aria-labelledby="text-title">
        <h3 id="text-title">${this.t(title)}</h3>
        ${hidden ? html`<p class="hidden-note">${this.t("post.hidden")}</p>` : nothing}
        ${texts.map(([name, text]) => this.#field(name, text))}
      </section>
    `;
  }
}
