// The tabs of the queue: where the posts are by state, with how many; and the views a moderator keeps.
import { html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import type { SavedView } from "../api/types.js";
import { DeskElement } from "../shell/element.js";
import { held, plain } from "../shell/held.js";
import { followed } from "../shell/link.js";
import { isQueue, readRoute, writeRoute } from "../state/route.js";
import { PLAIN, sameList, TABS, type Tab, type View } from "../state/view.js";

/** The view a saved search stands for: its query is an address's, with the tab as its state. */
function viewOf({ query }: SavedView): View {
  const tab = new URLSearchParams(query).get("state") ?? "";
  const route = readRoute(`#/queue/${encodeURIComponent(tab)}?${query}`, []);
  return isQueue(route) ? route.view : PLAIN;
}

/** `<cs-tabs>` */
@customElement("cs-tabs")
export class CsTabs extends DeskElement {
  #link(view: View, current: boolean, name: unknown) {
    const address = writeRoute({ section: "queue", view, id: null });
    return html`<a href=${address} aria-current=${current ? "page" : nothing} @click=${followed(this.desk, address)}>${name}</a>`;
  }

  #tab(tab: Tab, kept: boolean) {
    const { counts, view, settings } = this.state;
    const count = counts ? html`<span class="count">${counts[tab].toLocaleString(settings.locale)}</span>` : nothing;
    return html`<li>${this.#link({ ...PLAIN, tab }, tab === view.tab && !kept, html`${this.t(`filter.${tab}`)} ${count}`)}</li>`;
  }

  #saved(saved: SavedView) {
    const view = viewOf(saved);
    const current = sameList(view, this.state.view) && view.group === this.state.view.group;
    const drop = html`<button class="button quiet drop" aria-label=${this.t("view.drop", { name: plain(saved.name) })} @click=${() => void this.desk.list.dropView(saved.name)}>×</button>`;
    return html`<li>${this.#link(view, current, held(saved.name))}${current ? drop : nothing}</li>`;
  }

  protected override render() {
    const { views, view } = this.state;
    const kept = views.some((saved) => sameList(viewOf(saved), view) && viewOf(saved).group === view.group);
    return html`
      <nav class="tabs" aria-label=${this.t("top.tabs")}>
        <ul>${TABS.map((tab) => this.#tab(tab, kept))}</ul>
        ${views.length ? html`<ul class="views" aria-label=${this.t("view.mine")}>${views.map((saved) => this.#saved(saved))}</ul>` : nothing}
      </nav>
    `;
  }
}
