// The parts of a form that say why: a list of reasons with a number each, and a text.
import { html, nothing, type TemplateResult } from "lit";
import type { Session } from "../api/types.js";
import { type Key, type Locale, say } from "../locale/locale.js";
import { plain } from "../shell/held.js";
import { reasonsOf } from "./reasons.js";

/** Reasons to choose from; `missing` says that one is needed. */
export function reasonList(session: Session | null, locale: Locale, missing: boolean): TemplateResult {
  const reason = (value: string, label: string, index: number) => html`
    <label class="choice"><input type="radio" name="reason" value=${value} ?data-first=${index === 0} /><span>${plain(label)}</span>${index < 9 ? html`<kbd>${index + 1}</kbd>` : nothing}</label>
  `;
  const reasons = reasonsOf(session, locale);
  return html`
    <fieldset>
      <legend>${say(locale, "reject.reason")}</legend>
      ${reasons.map(({ title, text }, index) => reason(text, title, index))} ${reason("", say(locale, "reject.other"), reasons.length)}
    </fieldset>
    ${missing ? html`<p class="error" role="alert">${say(locale, "reject.required")}</p>` : nothing}
  `;
}

/** What a text is for and who reads it. */
export type WordsNames = { label: Key; hint: Key; required: boolean };

/** A text of one's own; `first` has the focus when the form opens. */
export const wordsField = (locale: Locale, { label, hint, required }: WordsNames, first: boolean): TemplateResult => html`
  <label class="words">
    <span>${say(locale, label)} ${required ? nothing : html`<span class="soft">(${say(locale, "decide.optional")})</span>`}</span>
    <textarea class="field" name="words" rows="3" maxlength="3500" aria-required=${required} ?data-first=${first}></textarea>
  </label>
  <p class="soft words-hint">${say(locale, hint)}</p>
`;

/** Chooses the reason with this number; anything else chooses nothing. */
export function chooseReason(form: Element, number: number): void {
  const radio = form.querySelectorAll<HTMLInputElement>("[name=reason]")[number - 1];
  radio?.click();
  radio?.focus();
}

/** What was chosen and written. */
export function writtenIn(form: HTMLFormElement): { reason: string | null; words: string } {
  const data = new FormData(form);
  return { reason: (data.get("reason") as string | null) || null, words: String(data.get("words") ?? "") };
}
