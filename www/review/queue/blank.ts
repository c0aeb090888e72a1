// What stands in place of an empty list: loading, failed, nothing that fits, nothing at all.
import { html, nothing, type TemplateResult } from "lit";
import { say } from "../locale/locale.js";
import type { State } from "../state/state.js";
import { narrowings } from "../state/view.js";

const GHOSTS = [1, 2, 3, 4, 5, 6];

/** @param acts read the list again; show all of the tab */
export function blank({ queue, view, settings: { locale } }: State, acts: { again(): void; clear(): void }): TemplateResult {
  if (queue.status === "loading" || queue.status === "idle") {
    return html`<p class="visually-hidden" role="status">${say(locale, "queue.loading")}</p>
      <div class="ghosts" aria-hidden="true">${GHOSTS.map(() => html`<div class="ghost"><span></span><span></span><span></span></div>`)}</div>`;
  }
  if (queue.status === "failed") {
    return html`<div class="blank" role="alert">
      <h2>${say(locale, "queue.failed")}</h2>
      <p>${queue.problem}</p>
      <button class="button" @click=${acts.again}>${say(locale, "access.again")}</button>
    </div>`;
  }
  if (narrowings(view).length) {
    return html`<div class="blank">
      <h2>${say(locale, "queue.none")}</h2>
      <button class="button" @click=${acts.clear}>${say(locale, "queue.clear")}</button>
    </div>`;
  }
  return html`<div class="blank">
    <h2>${say(locale, view.tab === "open" ? "queue.empty.open" : "queue.empty.other")}</h2>
    ${view.tab === "open" ? html`<p>${say(locale, "queue.empty.open.text")}</p>` : nothing}
  </div>`;
}
