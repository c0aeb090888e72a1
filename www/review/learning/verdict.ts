// What the engine said of a tried text: the action, the reasons, and the text itself with what was found in it.
import { html, nothing, type TemplateResult } from "lit";
import type { Finding, Verdict } from "../api/types.js";
import { type Locale, say, word } from "../locale/locale.js";
import { highlight } from "../post/highlight.js";
import { held, inert } from "../shell/held.js";

function marked(text: string, findings: readonly Finding[], label: string): TemplateResult {
  const spans = findings.map(({ span }) => span);
  const parts = highlight(text, spans).map(({ text: part, marks }) => {
    const [first] = marks;
    return first === undefined
      ? html`${inert(part)}`
      : html`<mark class="severity-${findings[first]?.severity ?? "low"}">${inert(part)}</mark>`;
  });
  return html`<pre class="held tried-text" dir="auto" tabindex="0" role="region" aria-label=${label}>${parts}</pre>`;
}

function finding(locale: Locale, { title, rule, severity, why, safer }: Finding): TemplateResult {
  return html`
    <li class="finding severity-${severity}">
      <h2>${held(title)} <span class="badge severity-${severity}">${word(locale, "severity", severity)}</span></h2>
      <p class="soft"><code>${held(rule)}</code></p>
      <p>${held(why)}</p>
      ${safer ? html`<p class="soft">${say(locale, "post.safer")}: ${held(safer)}</p>` : nothing}
    </li>
  `;
}

/**
 * A verdict, in words.
 *
 * @param body the text that was tried: data, never markup
 */
export function verdictOf(verdict: Verdict, body: string, locale: Locale): TemplateResult {
  const found = verdict.findings.filter(({ field }) => field === "body");
  return html`
    <p class="tried-action"><span class="badge action-${verdict.action}">${word(locale, "action", verdict.action)}</span> ${word(locale, "action.says", verdict.action)}</p>
    <ul class="tried-reasons">${verdict.reasons.map(({ message }) => html`<li>${held(message)}</li>`)}</ul>
    ${marked(body, found, say(locale, "try.text"))}
    ${verdict.findings.length > 0 ? html`<ol class="findings">${verdict.findings.map((each) => finding(locale, each))}</ol>` : html`<p class="soft">${say(locale, "try.nothing")}</p>`}
  `;
}
