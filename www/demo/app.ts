/**
 * The frame of the page: header, the place one is at, and the guide beside it.
 */
import { html, nothing } from "lit";
import { api } from "./api.js";
import { PageElement } from "./element.js";
import { DemoInbox } from "./pages/inbox.js";
import { DemoSearch } from "./pages/search.js";
import { DemoThread } from "./pages/thread.js";
import { DemoThreads } from "./pages/threads.js";
import { DemoAnalysis } from "./parts/analysis.js";
import { DemoDraft } from "./parts/draft.js";
import { Follow, forum, type Place } from "./state.js";
import { DemoFreePlay } from "./walk/free-play.js";
import { DemoWalk } from "./walk/panel.js";

const ELEMENTS: Record<string, CustomElementConstructor> = {
  "demo-threads": DemoThreads,
  "demo-thread": DemoThread,
  "demo-search": DemoSearch,
  "demo-inbox": DemoInbox,
  "demo-analysis": DemoAnalysis,
  "demo-draft": DemoDraft,
  "demo-walk": DemoWalk,
  "demo-free-play": DemoFreePlay,
};

/** `<demo-app>` */
export class DemoApp extends PageElement {
  static override properties = { drafts: { state: true } };
  /** How many drafts wait for whoever is viewing. */
  declare drafts: number;

  constructor() {
    super();
    for (const [name, element] of Object.entries(ELEMENTS)) customElements.define(name, element);
    this.drafts = 0;
    new Follow(this, () => void this.#count());
    this.addEventListener("click", (event) => this.#onLink(event));
    void forum.begin();
  }

  /** Links within the forum do not load the page again. */
  #onLink(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (
      !link ||
      !plain ||
      link.target ||
      link.origin !== location.origin ||
      link.pathname.startsWith("/countersign") ||
      link.pathname === "/feed.atom"
    )
      return;
    if (link.getAttribute("href")?.startsWith("#")) return;
    event.preventDefault();
    forum.go(link.pathname + link.search + link.hash);
    this.querySelector("main")?.focus();
  }

  async #count(): Promise<void> {
    if (!forum.person) return;
    const answer = await api.drafts();
    this.drafts = answer.ok ? answer.value.drafts.length : 0;
  }

  #search(event: SubmitEvent): void {
    event.preventDefault();
    const words = String(new FormData(event.target as HTMLFormElement).get("q")).trim();
    if (words) forum.go(`/search?q=${encodeURIComponent(words)}`);
  }

  protected override render() {
    if (!forum.person) return html`<p class="soft loading" role="status">Loading the forum…</p>`;
    return html`<a class="skip button" href="#main" @click=${(event: Event) => this.#skip(event)}>Skip to the posts</a>
      <header class="top">
        <a class="brand" href="/"><span class="brand-mark" aria-hidden="true">E</span>Engineering forum</a>
        <form role="search" @submit=${(event: SubmitEvent) => this.#search(event)}>
          <input class="field" type="search" name="q" placeholder="Search posts" aria-label="Search posts" autocomplete="off" />
        </form>
        <nav aria-label="Forum">
          <a href="/inbox">Inbox${this.drafts > 0 ? html`<span class="count">${this.drafts}<span class="visually-hidden"> drafts</span></span>` : nothing}</a>
          ${forum.person.moderator ? html`<a href="/countersign/review/">Review</a>` : nothing}
        </nav>
        ${this.#viewAs()}
      </header>
      <div class="columns">
        <main id="main" tabindex="-1">${placeView(forum.place)}</main>
        <aside aria-label="Guide"><demo-walk></demo-walk></aside>
      </div>
      <footer class="soft">A demo of <strong>Countersign</strong>. Anybody may view it as anybody; it listens on this machine only. <a href="/feed.atom">Feed</a></footer>`;
  }

  #skip(event: Event): void {
    event.preventDefault();
    this.querySelector("main")?.focus();
  }

  #viewAs() {
    const people = forum.people.filter((person) => person.kind === "human");
    return html`<div class="view-as">
      <label for="view-as">View as</label>
      <select class="field" id="view-as" @change=${(event: Event) => forum.viewAs((event.target as HTMLSelectElement).value)}>
        ${people.map((person) => html`<option value=${person.id} .selected=${person.id === forum.person?.id}>${person.name}${person.moderator ? ", moderator" : ""}</option>`)}
      </select>
    </div>`;
  }
}

function placeView(place: Place) {
  switch (place.page) {
    case "threads":
      return html`<demo-threads></demo-threads>`;
    case "thread":
      return html`<demo-thread thread-id=${place.id}></demo-thread>`;
    case "search":
      return html`<demo-search words=${place.words}></demo-search>`;
    case "inbox":
      return html`<demo-inbox></demo-inbox>`;
    default:
      return html`<h1>Nothing here</h1>
        <p><a href="/">Back to the threads</a></p>`;
  }
}
