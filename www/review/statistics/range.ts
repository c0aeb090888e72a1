// Which days are looked at: in the address, so that a view can be sent to a colleague. Days are UTC, as the service counts them.

/** A span of days, both included, as `2026-11-22`. */
export type Range = { from: string; to: string };

/** The spans one can choose with one click, in days. */
export const SPANS = [7, 30, 90, 365] as const;

const DAY_MS = 86_400_000;
const LONGEST = 366;

/** The day a moment is in. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The last `days` days, today among them. */
export const lastDays = (days: number, now: number): Range => ({ from: dayOf(now - (days - 1) * DAY_MS), to: dayOf(now) });

const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && dayOf(Date.parse(text)) === text;

/** How many days a span has. */
export const daysIn = ({ from, to }: Range): number => (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;

/** The span an address names; the last 30 days when it names none that the service would count. */
export function readRange(path: string, now: number): Range {
  const given = new URLSearchParams(path.split("?")[1] ?? "");
  const [from, to] = [given.get("from"), given.get("to")];
  const range = isDay(from) && isDay(to) ? { from, to } : lastDays(30, now);
  const days = daysIn(range);
  return days >= 1 && days <= LONGEST ? range : lastDays(30, now);
}

/** The address of a span. */
export const addressOf = ({ from, to }: Range): string => `#/statistics?from=${from}&to=${to}`;
