// One line of the queue: how bad, what, since when, by whom for whom, and who is at it. Templates stay small and hold no listeners:
// the list hears clicks itself, so that a line scrolled into view costs a few text nodes.
import { html, nothing, type TemplateResult } from "lit";
import type { PostSummary } from "../api/types.js";
import { say, word } from "../locale/locale.js";
import { dayName } from "../locale/time.js";
import { since, until } from "../shell/clock.js";
import { held, plain } from "../shell/held.js";
import type { Group } from "../state/groups.js";
import { writeRoute } from "../state/route.js";
import type { State } from "../state/state.js";
import type { Entry } from "./window.js";

function claim(post: PostSummary, state: State) {
  if (!post.claimedBy || post.state !== "claimed") return nothing;
  const { locale } = state.settings;
  const mine = post.claimedBy === state.session?.moderator.id;
  const who = mine ? say(locale, "row.claimed.me") : say(locale, "row.claimed", { who: plain(post.claimedBy) });
  return html`<span class="badge claim" data-mine=${mine}><bdi>${who}</bdi> ${until(post.claimedUntil, locale)}</span>`;
}

function people(post: PostSummary, state: State) {
  const { locale } = state.settings;
  const owner = post.onBehalfOf ? html` <span class="soft">${say(locale, "row.for")}</span> ${held(post.onBehalfOf)}` : nothing;
  const thread = post.thread.title ? html`<span class="row-thread soft">${held(post.thread.title)}</span>` : nothing;
  const escalated = post.escalatedBy ? html`<span class="badge escalated">${say(locale, "filter.escalated")}</span>` : nothing;
  return html`<span class="row-who">${held(post.author.handle)}${owner}</span>${thread}<span class="spring"></span>${escalated}${claim(post, state)}`;
}

/** What a group is called. */
export function groupName({ key }: Group, { settings: { locale }, view }: State): string {
  if (key === "") return view.group === "severity" ? say(locale, "severity.none") : say(locale, `group.without.${view.group}`);
  if (view.group === "severity") return word(locale, "severity", key);
  return view.group === "day" ? dayName(key, locale) : key;
}

/** A group's heading. */
export const heading = (group: Group, state: State): TemplateResult =>
  html`<h2>${held(groupName(group, state))} <span class="count">${group.posts.length.toLocaleString(state.settings.locale)}</span></h2>`;

function row(post: PostSummary, position: number, state: State, size: number): TemplateResult {
  const { locale } = state.settings;
  const severity = post.severity ?? "none";
  return html`
    <li class="row severity-${severity}" data-id=${post.id} ?data-chosen=${state.selected.has(post.id)} ?data-current=${post.id === state.cursor} aria-posinset=${position} aria-setsize=${size}>
      <label class="row-check"><input type="checkbox" tabindex="-1" .checked=${state.selected.has(post.id)} aria-label=${say(locale, "row.choose", { title: plain(post.title) })} /></label>
      <a href=${writeRoute({ section: "queue", view: state.view, id: post.id })} aria-current=${post.id === state.cursor ? "true" : nothing}>
        <span class="row-line">
          <span class="badge severity-${severity}">${word(locale, "severity", severity)}</span>
          <strong class="row-title">${held(post.title)}</strong>
          ${since(post.submittedAt, locale)}
        </span>
        <span class="row-excerpt">${held(post.excerpt)}</span>
        <span class="row-line row-people">${people(post, state)}</span>
      </a>
    </li>
  `;
}

/** A line of the list. `size` is how many posts there are, -1 when unknown. */
export const line = (entry: Entry, state: State, size: number): TemplateResult =>
  entry.kind === "head" ? html`<li class="group">${heading(entry.group, state)}</li>` : row(entry.post, entry.position, state, size);
