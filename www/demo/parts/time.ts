/**
 * Times as people read them.
 */
import { html } from "lit";

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

/** A clock time today, a date before; the full time on hover. `at` is RFC 3339. */
export function time(at: string) {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  return html`<time datetime=${at} title=${full.format(date)}>${today ? clock.format(date) : day.format(date)}</time>`;
}

/** A span of time between two RFC 3339 times, in words. */
export function between(from: string, to: string): string {
  const ms = Date.parse(to) - Date.parse(from);
  if (ms < 1000) return `${ms} ms`;
  return ms < 120_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`;
}
