/**
 * What each step of the walk found, in words.
 */
import { html, nothing } from "lit";
import { type AgentStep, refusalOf } from "../api.js";
import { problemSource, problemView } from "../parts/problem.js";
import { between, time } from "../parts/time.js";
import type { Walk } from "./steps.js";

const DID: Record<AgentStep["did"], string> = {
  read: "The agent read the thread",
  answered: "The agent answered Lior in private",
  posted: "The agent tried to post in the thread",
};

function asked(walk: Walk) {
  return walk.thread ? html`<p><a href="/t/${walk.thread}">The question</a> is published. Everybody sees it.</p>` : nothing;
}

function analysed({ task }: Walk) {
  if (!task) return nothing;
  const refusal = refusalOf(task);
  return html`<ul class="log">
      ${task.steps.map((step) => html`<li class=${step.status < 400 ? "yes" : "no"}>${DID[step.did]} <code>${step.status}</code></li>`)}
    </ul>
    ${refusal ? html`${problemView(refusal)}${problemSource(refusal)}` : nothing}`;
}

function opened({ draft }: Walk) {
  return draft ? html`<p>The draft is in <a href="/inbox">Lior's inbox</a>. Dana and Mira have none.</p>` : nothing;
}

function held({ held }: Walk) {
  return held ? html`<p>Held before anyone could see it:</p>${problemView(held)}` : nothing;
}

function looked({ checks }: Walk) {
  return checks
    ? html`<ul class="log">
        ${checks.map((check) => html`<li class=${check.absent ? "yes" : "no"}>${check.where}: <strong>${check.absent ? "absent" : "FOUND"}</strong></li>`)}
      </ul>`
    : nothing;
}

function decided({ decided }: Walk) {
  const decision = decided?.decision;
  if (!decision) return nothing;
  return html`<p><strong>${decision.state}</strong> by ${decision.by} at ${time(decision.at)}${decision.comment ? html`: “${decision.comment}”` : nothing}</p>`;
}

function traced({ trail, decided, checks }: Walk) {
  const [first] = trail ?? [];
  if (!trail || !first) return nothing;
  const never = checks?.every((check) => check.absent) && decided?.decision?.state !== "approved";
  return html`<table class="trail">
      <caption class="visually-hidden">Audit trail</caption>
      <thead><tr><th scope="col">Time</th><th scope="col">Who</th><th scope="col">What</th></tr></thead>
      <tbody>
        ${trail.map((entry) => html`<tr><td>${time(entry.at)}</td><td>${entry.actor}</td><td>${entry.action}</td></tr>`)}
      </tbody>
    </table>
    ${decided?.decision ? html`<p>From the agent's attempt to the decision: <strong>${between(first.at, decided.decision.at)}</strong>.${never ? html` Time in which anyone could have followed it: <strong>none</strong>. In March 2026 it was about two hours.` : nothing}</p>` : nothing}`;
}

/** The results, in the order of the steps. */
export const RESULTS = [asked, analysed, opened, held, looked, decided, traced] as const;
