// Shows what changed between two texts: by signs and words beside the colour, each change named to a screen reader.
import "./difference.css";
import { html, type TemplateResult } from "lit";
import { type Locale, say } from "../locale/locale.js";
import { inert } from "../shell/held.js";
import { type Piece, pieces } from "./diff.js";

/** Unchanged text longer than this is shown by its ends. */
const LONGEST_SAME = 600;
const END = 200;

const spoken = (locale: Locale, key: "diff.added" | "diff.removed" | "diff.end") =>
  html`<span class="visually-hidden"> ${say(locale, key)} </span>`;

function same(text: string, locale: Locale): TemplateResult {
  if (text.length <= LONGEST_SAME) return html`${inert(text)}`;
  const left = say(locale, "diff.same", { count: (text.length - 2 * END).toLocaleString(locale) });
  return html`${inert(text.slice(0, END))}<span class="diff-gap">${left}</span>${inert(text.slice(-END))}`;
}

function piece({ how, text }: Piece, locale: Locale): TemplateResult {
  if (how === "same") return same(text, locale);
  const name = how === "added" ? "diff.added" : "diff.removed";
  const inside = html`${spoken(locale, name)}${inert(text)}${spoken(locale, "diff.end")}`;
  return how === "added" ? html`<ins>${inside}</ins>` : html`<del>${inside}</del>`;
}

/** The difference of two texts; a sentence when there is none. */
export function difference(before: string, after: string, locale: Locale): TemplateResult {
  const found = pieces(before, after);
  const changed = found.filter(({ how }) => how !== "same");
  if (changed.length === 0) return html`<p class="soft">${say(locale, "diff.none")}</p>`;
  return html`<pre class="held diff" dir="auto">${found.map((each) => piece(each, locale))}</pre>`;
}
