// Shows somebody else's words as data: text nodes only, isolated in direction, with nothing left invisible.
import { html, type TemplateResult } from "lit";
import { reveal } from "../post/reveal.js";

/** The parts of a held text, for use inside an element that isolates direction. */
export const inert = (text: string): (string | TemplateResult)[] =>
  reveal(text).map((part) => ("text" in part ? part.text : html`<span class="unseen">${part.code}</span>`));

/** A held word or line inside a sentence of the page. */
export const held = (text: string): TemplateResult => html`<bdi>${inert(text)}</bdi>`;

/** The same where there is room for characters alone: a name of a control, a choice of a list. */
export const plain = (text: string): string =>
  reveal(text)
    .map((part) => ("text" in part ? part.text : part.code))
    .join("");
