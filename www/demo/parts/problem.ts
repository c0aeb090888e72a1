/**
 * A refusal, in the words the gate gave.
 */
import { html, nothing } from "lit";
import type { Problem } from "../api.js";
import { inline } from "./post.js";

/** For people. */
export function problemView(problem: Problem) {
  return html`<div class="notice notice-warn" role="status">
    <strong>${problem.title}</strong>
    <p>${inline(problem.detail)}</p>
    ${problem.allowedBy ? html`<p><span class="key">What would allow it</span> ${inline(problem.allowedBy)}</p>` : nothing}
    ${problem.draft ? html`<p><span class="key">Where the text went</span> ${inline(problem.draft)}</p>` : nothing}
  </div>`;
}

/** As the agent received it. */
export function problemSource(problem: Problem) {
  return html`<details class="source">
    <summary>What the agent was answered (problem+json)</summary>
    <pre tabindex="0">${JSON.stringify(problem, null, 2)}</pre>
  </details>`;
}
