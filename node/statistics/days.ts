/**
 * Days of the calendar, in UTC, as `2026-11-22`.
 */
import { ProblemError } from "../api/problems.js";

const DAY_MS = 86_400_000;

/** The longest span statistics are made of, in days. */
export const MOST_DAYS = 366;

/** The day of a moment. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** The moment a day begins. */
export const start = (day: string): Date => new Date(`${day}T00:00:00.000Z`);

/** The day `count` days after `day`. */
export const plus = (day: string, count: number): string => dayOf(new Date(start(day).getTime() + count * DAY_MS));

/** Whether a text is a day there is. */
const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(start(text).getTime()) && dayOf(start(text)) === text;

/**
 * Every day from `from` to `to`, both included; the last 30 days when neither is named.
 *
 * @throws ProblemError `malformed-request`
 */
export function span(from: string | undefined, to: string | undefined, now: Date): string[] {
  const last = to ?? dayOf(now);
  if (!isDay(last)) throw new ProblemError("malformed-request", "`to`: write a day like `2026-11-22`");
  const first = from ?? plus(last, -29);
  if (!isDay(first)) throw new ProblemError("malformed-request", "`from`: write a day like `2026-11-22`");
  const days = (start(last).getTime() - start(first).getTime()) / DAY_MS + 1;
  if (days < 1) throw new ProblemError("malformed-request", "`from`: name a day that is not after `to`");
  if (days > MOST_DAYS) throw new ProblemError("malformed-request", `\`from\`: a span has at most ${MOST_DAYS} days`);
  return Array.from({ length: days }, (_, index) => plus(first, index));
}
