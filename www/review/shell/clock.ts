// Times that tick: how long something has been waiting, how long something still lasts. One clock for the whole page.
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { LANGUAGES, type Locale } from "../locale/locale.js";
import { duration, moment } from "../locale/time.js";

const SECOND_MS = 1000;

const seconds = (at: string, way: 1 | -1) => {
  const passed = ((Date.now() - Date.parse(at)) / SECOND_MS) * way;
  return Number.isNaN(passed) ? 0 : passed;
};

/** How long ago `at` (RFC 3339) was, ticking: "12m 5s". */
export const since = (at: string, locale: Locale): TemplateResult =>
  html`<time class="tick" datetime=${at} title=${moment(at, locale)} data-tick="since" .textContent=${live(duration(seconds(at, 1), locale))}></time>`;

/** How long it is until `at` (RFC 3339), ticking; nothing when there is no end. */
export const until = (at: string | null, locale: Locale): TemplateResult | typeof nothing =>
  at === null
    ? nothing
    : html`<time class="tick" datetime=${at} title=${moment(at, locale)} data-tick="until" .textContent=${live(duration(seconds(at, -1), locale))}></time>`;

/** Writes only what reads differently: a second's tick is a handful of text nodes. */
function tick(): void {
  const { lang } = document.documentElement;
  const locale = (Object.hasOwn(LANGUAGES, lang) ? lang : "en") as Locale;
  for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-tick]")) {
    const text = duration(seconds(time.dateTime, time.dataset.tick === "until" ? -1 : 1), locale);
    if (time.textContent !== text) time.textContent = text;
  }
}

/** Ticks every second until the returned function is called. */
export function startClock(): () => void {
  const timer = setInterval(tick, SECOND_MS);
  return () => clearInterval(timer);
}
