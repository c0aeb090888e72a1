// Times as a moderator reads them: how long something waits, and when it was.
import type { Locale } from "./locale.js";

/** Makes a formatter once per locale: making one costs more than a whole row of the queue. */
function once<Format>(make: (locale: string) => Format): (locale: string) => Format {
  const made = new Map<string, Format>();
  return (locale) => {
    const format = made.get(locale) ?? make(locale);
    made.set(locale, format);
    return format;
  };
}

const unit = (name: string) => once((locale) => new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "narrow" }));

const UNITS = [
  { seconds: 86_400, format: unit("day") },
  { seconds: 3_600, format: unit("hour") },
  { seconds: 60, format: unit("minute") },
  { seconds: 1, format: unit("second") },
];

const full = once((locale) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" }));
const short = once((locale) => new Intl.DateTimeFormat(locale, { timeStyle: "short" }));

/**
 * How long `seconds` are in at most two units, the second one only where it matters.
 *
 * @example
 * duration(725, "en"); // "12m 5s"
 */
export function duration(seconds: number, locale: Locale): string {
  const parts: string[] = [];
  let rest = Math.max(0, Math.floor(seconds));
  for (const { seconds: size, format } of UNITS) {
    const amount = Math.floor(rest / size);
    const shown = amount > 0 || (size === 1 && parts.length === 0);
    if (shown) parts.push(format(locale).format(amount));
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
    rest -= amount * size;
  }
  return parts.join(" ");
}

/** The reader's own variant of the language, for dates and numbers: `en-GB` when the page is in English. */
export const regional = (locale: Locale): string => navigator.languages.find((each) => each.split("-")[0] === locale) ?? locale;

/** A moment in the reader's time zone, to the second; a dash when it is no time. */
export function moment(at: string, locale: Locale): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? "–" : full(regional(locale)).format(date);
}

/** The time of day of a moment, to the minute. */
export const clock = (at: number, locale: Locale): string => short(regional(locale)).format(at);

const days = once((locale) => new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" }));

/** A day as a heading; `day` is `2026-11-22`, where the reader is. */
export function dayName(day: string, locale: Locale): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return days(regional(locale)).format(new Date(year, month - 1, date));
}
