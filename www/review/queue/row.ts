// One post in the queue: how bad, what, since when, by whom for whom, and who is at it.
import { html, nothing, type TemplateResult } from "lit";
import "../shell/cs-age.js";
import type { PostSummary } from "../api/types.js";
import { say, word } from "../locale/locale.js";
import { held } from "../shell/held.js";
import type { Desk } from "../state/desk.js";
import { writeRoute } from "../state/route.js";
import type { State } from "../state/state.js";

function claim(post: PostSummary, state: State) {
  if (!post.claimedBy || post.state !== "claimed") return nothing;
  const { locale } = state.settings;
  const mine = post.claimedBy === state.session?.moderator.id;
  return html`<span class="badge claim" data-mine=${mine}>
    ${mine ? say(locale, "row.claimed.me") : say(locale, "row.claimed", { who: post.claimedBy })}
  </span>`;
}

function people(post: PostSummary, state: State) {
  const { locale } = state.settings;
  const owner = post.onBehalfOf ? html` <span class="soft">${say(locale, "row.for")}</span> ${held(post.onBehalfOf)}` : nothing;
  const thread = post.thread.title ? html`<span class="row-thread soft">${held(post.thread.title)}</span>` : nothing;
  return html`<span class="row-who">${held(post.author.handle)}${owner}</span>${thread}`;
}

/** A row as a link: it can be opened beside, sent to a colleague, and reached by keyboard. `size` is -1 when unknown. */
export function row(post: PostSummary, state: State, desk: Desk, position: number, size: number): TemplateResult {
  const { locale } = state.settings;
  const severity = post.severity ?? "none";
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    desk.select(post.id);
    desk.show("post");
  };
  return html`
    <li class="row severity-${severity}" aria-posinset=${position} aria-setsize=${size}>
      <a href=${writeRoute({ filter: state.filter, id: post.id })} aria-current=${post.id === state.cursor ? "true" : nothing} @click=${open}>
        <span class="row-line">
          <span class="badge severity-${severity}">${word(locale, "severity", severity)}</span>
          <strong class="row-title">${held(post.title)}</strong>
          <cs-age .since=${post.submittedAt} .locale=${locale}></cs-age>
        </span>
        <span class="row-excerpt">${held(post.excerpt)}</span>
        <span class="row-line row-people">${people(post, state)}${claim(post, state)}</span>
      </a>
    </li>
  `;
}
