/**
 * A refusal, in the words the gate gave.
 */
import { html, nothing } from "lit";
import type { Problem } from "../api.js";

/** For people. */
export function problemView(problem: Problem) {
  return html`<div class="notice notice-warn" role="status">
    <strong>${problem.title}</strong>
    <p>${problem.detail}</p>
    ${problem.allowedBy ? html`<p class="soft">What would allow it: ${problem.allowedBy}</p>` : nothing}
    ${problem.draft ? html`<p class="soft">Where the text went: ${problem.draft}</p>` : nothing}
  </div>`;
}

/** As the agent received it. */
export function problemSource(problem: Problem) {
  return html`<details class="source">
    <summary>What the agent was answered (problem+json)</summary>
    <pre tabindex="0">${JSON.stringify(problem, null, 2)}</pre>
  </details>`;
}
