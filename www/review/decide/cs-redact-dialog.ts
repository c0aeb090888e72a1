// Taking parts out: the findings are chosen already, more can be selected in the text, and the preview shows what would be published.
import { html, nothing, type PropertyValues } from "lit";
import { customElement, state as internal } from "lit/decorators.js";
import type { FieldSpan, Finding, PostDetail, Refusal } from "../api/types.js";
import { BODY, textsOf } from "../post/texts.js";
import { closed, toggleDialog } from "../shell/dialog.js";
import { DeskElement } from "../shell/element.js";
import { held, inert, plain } from "../shell/held.js";
import { MARKER, parts, placeIn } from "./redaction.js";
import "./redact.css";

const LONGEST_NAME = 60;

const spanOf = ({ field, span }: Finding): FieldSpan => ({ field, start: span.start, end: span.end });
const short = (text: string) => plain(text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text);

/** `<cs-redact-dialog>` */
@customElement("cs-redact-dialog")
export class CsRedactDialog extends DeskElement {
  /** The findings that are taken out, by their place in the verdict. */
  @internal() private chosen: ReadonlySet<number> = new Set();
  /** What the moderator selected beside them. */
  @internal() private own: readonly FieldSpan[] = [];
  @internal() private field = BODY;
  @internal() private said: "redact.none" | "redact.empty" | "redact.remaining" | "redact.sending" | "" = "";
  @internal() private refused: Refusal | null = null;
  /** The post the form was opened for: it decides on this one, whatever happens beside it. */
  @internal() private detail: PostDetail | null = null;

  get #findings(): readonly Finding[] {
    return this.detail?.verdict?.findings ?? [];
  }

  get #spans(): readonly FieldSpan[] {
    return [...this.#findings.filter((_, index) => this.chosen.has(index)).map(spanOf), ...this.own];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("state");
    if (this.state.dialog !== "redact" || before?.dialog === "redact" || !changed.has("state")) return;
    this.detail = this.state.post.detail;
    this.chosen = new Set(this.#findings.keys());
    this.own = [];
    this.field = BODY;
    this.said = "";
    this.refused = null;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    if (toggleDialog(this.querySelector("dialog"), this.state.dialog === "redact"))
      this.querySelector<HTMLElement>("[data-first]")?.focus();
  }

  #text(field: string): string {
    return (this.detail && new Map(textsOf(this.detail.submission)).get(field)) ?? "";
  }

  #toggle(index: number): void {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(index)) chosen.add(index);
    this.chosen = chosen;
  }

  /** Takes out what is selected in the text. */
  #add(): void {
    const area = this.querySelector<HTMLTextAreaElement>(".redact-source");
    if (!area) return;
    const text = this.#text(this.field);
    const [start, end] = [placeIn(text, area.selectionStart), placeIn(text, area.selectionEnd)];
    this.said = start < end ? "" : "redact.empty";
    if (start < end) this.own = [...this.own, { field: this.field, start, end }];
    area.focus();
  }

  async #send(event: Event): Promise<void> {
    event.preventDefault();
    const spans = this.#spans;
    if (this.said === "redact.sending") return;
    this.said = spans.length ? "redact.sending" : "redact.none";
    if (spans.length === 0) return;
    const words = this.querySelector<HTMLTextAreaElement>("[name=words]")?.value.trim();
    this.refused = await this.desk.decisions.redact([...spans], words || undefined);
    this.said = this.refused?.findings?.length ? "redact.remaining" : "";
    this.own = [...this.own, ...(this.refused?.findings?.map(({ span }) => span) ?? [])];
  }

  #pressed(event: KeyboardEvent): void {
    const source = (event.target as Element).matches(".redact-source");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void this.#send(event);
    else if (source && event.key === "Enter") {
      event.preventDefault();
      this.#add();
    } else if (!(event.target instanceof HTMLTextAreaElement) && Number(event.key) > 0 && Number(event.key) <= this.#findings.length) {
      this.#toggle(Number(event.key) - 1);
    }
  }

  #parts() {
    const finding = (each: Finding, index: number) => html`
      <li>
        <label class="choice"><input type="checkbox" .checked=${this.chosen.has(index)} @change=${() => this.#toggle(index)} ?data-first=${index === 0} />
          <span>${held(each.title)}<br /><code class="soft">${held(each.excerpt.slice(0, LONGEST_NAME * 2))}</code></span>${index < 9 ? html`<kbd>${index + 1}</kbd>` : nothing}</label>
      </li>
    `;
    const own = (span: FieldSpan, index: number) => {
      const text = this.#text(span.field).slice(span.start, span.end);
      const drop = () => {
        this.own = this.own.filter((_, at) => at !== index);
        this.querySelector<HTMLElement>(".redact-source")?.focus();
      };
      return html`<li><button type="button" class="chip" aria-label=${this.t("redact.remove", { text: short(text) })} @click=${drop}><bdi>${short(text)}</bdi> <span aria-hidden="true">×</span></button></li>`;
    };
    return html`
      <fieldset>
        <legend>${this.t("redact.parts")}</legend>
        <ul>${this.#findings.map(finding)}</ul>
        ${this.own.length ? html`<p class="soft">${this.t("redact.own")}</p><ul class="chips">${this.own.map(own)}</ul>` : nothing}
      </fieldset>
    `;
  }

  #source(detail: PostDetail) {
    const texts = textsOf(detail.submission);
    const choose = (event: Event) => {
      this.field = (event.target as HTMLSelectElement).value;
    };
    const name = (field: string) => (field === BODY ? this.t("redact.body") : plain(field));
    return html`
      ${
        texts.length > 1
          ? html`<label class="pick"><span>${this.t("redact.field")}</span>
              <select class="field" @change=${choose}>${texts.map(([field]) => html`<option value=${field} ?selected=${field === this.field}>${name(field)}</option>`)}</select></label>`
          : nothing
      }
      <label class="words"><span>${this.t("redact.select")}</span>
        <textarea class="field redact-source" readonly rows="7" .value=${this.#text(this.field)} ?data-first=${this.#findings.length === 0}></textarea></label>
      <button type="button" class="button" @click=${() => this.#add()}>${this.t("redact.add")} <kbd>↵</kbd></button>
    `;
  }

  #preview(detail: PostDetail) {
    const spans = this.#spans;
    return html`
      <section class="redact-preview" aria-labelledby="preview-title">
        <h3 id="preview-title">${this.t("redact.preview")}</h3>
        ${textsOf(detail.submission).map(([field, text]) => {
          const own = spans.filter((span) => span.field === field);
          return html`${field === BODY ? nothing : html`<h4 class="soft">${this.t("post.field", { name: plain(field) })}</h4>`}
            <pre class="held" dir="auto" tabindex="0">${parts(text, own).map((part) => (part.out ? html`<span class="marker">${MARKER}</span>` : inert(part.text)))}</pre>`;
        })}
      </section>
    `;
  }

  #status() {
    const bad = this.said !== "redact.sending";
    return html`
      ${this.said ? html`<p class=${bad ? "error" : "soft"} role=${bad ? "alert" : "status"}>${this.t(this.said)}</p>` : nothing}
      ${this.refused ? html`<p class="error" role="alert">${held(this.refused.detail || this.refused.title)}</p>` : nothing}
      ${this.refused?.findings?.length ? html`<ul class="plain-list">${this.refused.findings.map(({ title }) => html`<li>${held(title)}</li>`)}</ul>` : nothing}
    `;
  }

  #form(detail: PostDetail) {
    return html`
      <form @submit=${this.#send} novalidate>
        <h2 id="redact-title">${this.t("redact.title")}</h2>
        <p>${this.t("redact.text")}</p>
        <div class="redact-columns">
          <div class="redact-choice">${this.#parts()} ${this.#source(detail)}</div>
          ${this.#preview(detail)}
        </div>
        <label class="words"><span>${this.t("decide.comment")} <span class="soft">(${this.t("decide.optional")})</span></span>
          <textarea class="field" name="words" rows="2" maxlength="3500"></textarea></label>
        ${this.#status()}
        <p class="dialog-acts">
          <button type="button" class="button" @click=${() => this.desk.close()}>${this.t("decide.cancel")}</button>
          <button class="button primary">${this.t("redact.confirm")} <kbd>Ctrl ↵</kbd></button>
        </p>
      </form>
    `;
  }

  protected override render() {
    return html`
      <dialog class="decision redact" aria-labelledby="redact-title" @close=${(event: Event) => closed(event) && this.state.dialog === "redact" && this.desk.close()} @keydown=${this.#pressed}>
        ${this.detail ? this.#form(this.detail) : nothing}
      </dialog>
    `;
  }
}
