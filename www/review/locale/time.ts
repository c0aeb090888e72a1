// Times as a moderator reads them: how long something waits, and when it was.
import type { Locale } from "./locale.js";

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** The reader's own variant of the language, for dates and numbers: `en-GB` when the page is in English. */
export const regional = (locale: Locale): string => navigator.languages.find((each) => each.split("-")[0] === locale) ?? locale;

/**
 * How long `seconds` are in at most two units, the second one only where it matters.
 *
 * @example
 * duration(725, "en"); // "12m 5s"
 */
export function duration(seconds: number, locale: Locale): string {
  const total = Math.max(0, Math.floor(seconds));
  const first = UNITS.findIndex(([, size]) => total >= size);
  const part = (index: number, amount: number) =>
    new Intl.NumberFormat(locale, { style: "unit", unit: UNITS[index]?.[0] ?? "second", unitDisplay: "narrow" }).format(amount);
  if (first < 0) return part(3, 0);
  const size = UNITS[first]?.[1] ?? 1;
  const whole = part(first, Math.floor(total / size));
  const below = UNITS[first + 1]?.[1];
  const rest = below ? Math.floor((total % size) / below) : 0;
  return rest > 0 ? `${whole} ${part(first + 1, rest)}` : whole;
}

/** A moment in the reader's time zone, to the second; the text itself when it is no time. */
export function moment(at: string, locale: Locale): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  return new Intl.DateTimeFormat(regional(locale), { dateStyle: "medium", timeStyle: "medium" }).format(date);
}

/** The time of day of a moment, to the minute. */
export const clock = (at: number, locale: Locale): string => new Intl.DateTimeFormat(regional(locale), { timeStyle: "short" }).format(at);
