// What the list can be narrowed to, in words: the values there are now with how many posts each has, and the page's own.
import { type Locale, say, word } from "../locale/locale.js";
import { duration } from "../locale/time.js";
import { plain } from "../shell/held.js";
import type { State } from "../state/state.js";
import type { Field } from "../state/view.js";

/** A value of a field and what it is called. */
export type Choice = { value: string; label: string };

/** The fields of the panel, in their order; words have a field of their own above it. */
export const PANEL: readonly Field[] = ["severity", "author", "category", "rule", "claimed", "olderThan", "escalated"];

const HOUR_S = 3600;
const AGES_S = [HOUR_S / 4, HOUR_S, 4 * HOUR_S, 24 * HOUR_S, 7 * 24 * HOUR_S];
const SEVERITIES = ["critical", "high", "medium", "low"] as const;

/** `value` alone where nobody has a name for it. */
function named(field: Field, value: string, state: State): string {
  return plain(nameOf(field, value, state));
}

function nameOf(field: Field, value: string, { settings: { locale }, facets }: State): string {
  if (field === "severity") return severity(locale, value);
  if (field === "olderThan") return say(locale, "facet.older", { age: duration(Number(value) / 1000, locale) });
  if (field === "claimed") return value.startsWith("by:") ? value.slice(3) : word(locale, "claimed", value);
  if (field === "escalated") return word(locale, "escalated", value);
  if (field === "author") return facets?.authors.find((author) => author.value === value)?.handle ?? value;
  return value;
}

const severity = (locale: Locale, value: string) => {
  const name = word(locale, "severity", value);
  return value === "critical" ? name : say(locale, "facet.least", { name });
};

const counted = (state: State, field: Field, found: readonly { value: string; count: number }[]): Choice[] =>
  found.map(({ value, count }) => ({
    value,
    label: `${named(field, value, state)} (${count.toLocaleString(state.settings.locale)})`,
  }));

/** The choices of a field; the one that is chosen is among them even when no post has it any more. */
export function choicesOf(field: Field, state: State): Choice[] {
  const own = (values: readonly string[]) => values.map((value) => ({ value, label: named(field, value, state) }));
  const { facets, view } = state;
  const choices: Readonly<Record<Field, () => Choice[]>> = {
    severity: () => own(SEVERITIES),
    author: () => counted(state, field, facets?.authors ?? []),
    category: () => counted(state, field, facets?.categories ?? []),
    rule: () => counted(state, field, facets?.rules ?? []),
    claimed: () => own(["nobody", "me", "others"]),
    olderThan: () => own(AGES_S.map((seconds) => String(seconds * 1000))),
    escalated: () => own(["true", "false"]),
    q: () => [],
  };
  const found = choices[field]();
  const chosen = view.narrow[field];
  return chosen === undefined || found.some(({ value }) => value === chosen) ? found : [...own([chosen]), ...found];
}

/** What a chip says: the field and its value. */
export function chip(field: Field, state: State): string {
  const value = state.view.narrow[field] ?? "";
  const name = named(field, value, state);
  if (field === "q") return `“${name}”`;
  return field === "olderThan" || field === "escalated" ? name : `${say(state.settings.locale, `facet.${field}`)}: ${name}`;
}
