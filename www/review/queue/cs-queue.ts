// The queue: what waits, in the order and groups chosen. Only the lines on the screen are in the page, so that ten thousand scroll like ten.
import { html, nothing, type PropertyValues } from "lit";
import { customElement } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import "./cs-bulk-bar.js";
import "./cs-filters.js";
import "./filters.css";
import "./queue.css";
import { DeskElement } from "../shell/element.js";
import { elsewhere } from "../shell/link.js";
import { type Group, groups } from "../state/groups.js";
import type { State } from "../state/state.js";
import { PLAIN } from "../state/view.js";
import { blank } from "./blank.js";
import { heading, line } from "./row.js";
import { entriesOf, groupAt, type Layout, layout, lineAt, lineOf, type Range, visible } from "./window.js";

const NEAR_END = 30;
/** Lines are recycled: one that leaves the screen becomes the one that enters it. There are never more of them than this. */
const SLOTS = 128;
/** Heights of a post and of a heading, in root ems; queue.css says the same. */
const HEIGHTS = { post: 5.5, head: 2 };

/** `<cs-queue>` */
@customElement("cs-queue")
export class CsQueue extends DeskElement {
  #top = 0;
  #height = 900;
  #em = 16;
  #lines: Layout = { entries: [], tops: new Float64Array(1) };
  #range: Range = { from: 0, to: 0 };
  /** The group the top of the screen is inside of. */
  #group: Group | null = null;
  readonly #resized = new ResizeObserver(() => this.#measure());

  get #scroller(): HTMLElement | null {
    return this.querySelector(".queue-scroll");
  }

  protected override firstUpdated(): void {
    const scroller = this.#scroller;
    if (scroller) this.#resized.observe(scroller);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.firstUpdated();
  }

  #measure(): void {
    this.#height = this.#scroller?.clientHeight ?? this.#height;
    this.#em = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || this.#em;
    this.#lay();
    this.requestUpdate();
  }

  #lay(): void {
    const { queue, view } = this.state;
    const entries = entriesOf(groups(queue.items, view.group), view.group !== "none");
    this.#lines = layout(entries, { post: HEIGHTS.post * this.#em, head: HEIGHTS.head * this.#em });
  }

  /** Where the scroller has to be so that what was at its top still is, when posts came or went above it. */
  #kept(before: Layout): number {
    const entry = before.entries[lineAt(before, this.#top)];
    const at = this.#top > 0 && entry?.kind === "post" ? lineOf(this.#lines, entry.post.id) : -1;
    const was = before.tops[lineAt(before, this.#top)] ?? 0;
    return at < 0 ? this.#top : (this.#lines.tops[at] ?? 0) + this.#top - was;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before: State | undefined = changed.get("state");
    const { queue, view } = this.state;
    const other = before?.queue.items !== queue.items || before.view.group !== view.group;
    if (changed.has("state") && other) {
      const lines = this.#lines;
      this.#lay();
      this.#top = before?.view.tab === view.tab && before.view.group === view.group ? this.#kept(lines) : 0;
    }
    this.#range = visible(this.#lines, this.#top, this.#height);
    this.#group = groupAt(this.#lines, this.#top);
  }

  #scrolled(): void {
    this.#top = this.#scroller?.scrollTop ?? 0;
    const { from, to } = visible(this.#lines, this.#top, this.#height);
    const group = groupAt(this.#lines, this.#top);
    if (from !== this.#range.from || to !== this.#range.to || group !== this.#group) this.requestUpdate();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { tops, entries } = this.#lines;
    const scroller = this.#scroller;
    // Set through the object model: the page's policy allows no style attribute.
    this.querySelector<HTMLElement>(".rows")?.style.setProperty("transform", `translateY(${tops[this.#range.from] ?? 0}px)`);
    this.querySelector<HTMLElement>(".room")?.style.setProperty("height", `${tops[entries.length] ?? 0}px`);
    const before: State | undefined = changed.get("state");
    if (before && before.queue.items !== this.state.queue.items && scroller && scroller.scrollTop !== this.#top)
      scroller.scrollTop = this.#top;
    const { queue } = this.state;
    const arrived = queue.items.length > 0 && before?.queue.items.length === 0;
    if (before && (before.cursor !== this.state.cursor || arrived)) this.#reveal();
    if (queue.status === "ready" && queue.next !== null && this.#range.to > entries.length - NEAR_END) void this.desk.list.more();
  }

  /** Scrolls just far enough to show the line of the cursor. */
  #reveal(): void {
    const scroller = this.#scroller;
    const at = lineOf(this.#lines, this.state.cursor);
    if (!scroller || at < 0) return;
    const cover = this.state.view.group === "none" ? 0 : HEIGHTS.head * this.#em;
    const [top = 0, bottom = 0] = [this.#lines.tops[at], this.#lines.tops[at + 1]];
    if (top - cover < this.#top) scroller.scrollTop = top - cover;
    else if (bottom > this.#top + this.#height) scroller.scrollTop = bottom - this.#height;
  }

  /** One listener for every line: a plain click opens, with Shift it chooses a range, on the box it chooses. */
  #clicked(event: MouseEvent): void {
    const target = event.target as Element;
    const id = target.closest<HTMLElement>(".row")?.dataset.id;
    if (id === undefined) return;
    if (target.closest(".row-check")) {
      if (target instanceof HTMLInputElement && event.shiftKey) this.desk.selection.extend(id);
      else if (target instanceof HTMLInputElement) this.desk.selection.toggle(id);
      return;
    }
    if (event.shiftKey) {
      event.preventDefault();
      this.desk.selection.extend(id);
    }
    if (elsewhere(event)) return;
    event.preventDefault();
    this.desk.places.select(id);
    this.desk.places.show("post");
  }

  #more() {
    const { queue } = this.state;
    if (queue.growing) return html`<p class="queue-more soft">${this.t("queue.growing")}</p>`;
    if (queue.next === null) return nothing;
    return html`<p class="queue-more"><button class="button" @click=${() => void this.desk.list.more()}>${this.t("queue.more")}</button></p>`;
  }

  #sticky() {
    return this.#group === null ? nothing : html`<div class="group now" aria-hidden="true">${heading(this.#group, this.state)}</div>`;
  }

  #list() {
    const { queue } = this.state;
    const { from, to } = this.#range;
    const size = queue.next === null ? queue.items.length : -1;
    const lines = this.#lines.entries.slice(from, to).map((entry, index) => ({ entry, slot: (from + index) % SLOTS }));
    return html`
      <div class="room">
        <ul class="rows" aria-label=${this.t("queue.name")} @click=${this.#clicked}>
          ${repeat(
            lines,
            ({ slot }) => slot,
            ({ entry }) => line(entry, this.state, size),
          )}
        </ul>
      </div>
      ${this.#more()}
    `;
  }

  protected override render() {
    const { desk, state } = this;
    const empty = state.queue.items.length === 0;
    const clear = () => desk.places.view({ ...PLAIN, tab: state.view.tab });
    return html`
      <section class="queue" aria-label=${this.t("queue.name")}>
        <cs-filters .desk=${desk} .state=${state}></cs-filters>
        <div class="queue-scroll" tabindex=${empty ? nothing : "-1"} aria-busy=${state.queue.status === "loading"} @scroll=${this.#scrolled}>
          ${!empty && state.queue.problem ? html`<p class="stale" role="alert">${this.t("queue.stale")} ${state.queue.problem}</p>` : nothing}
          ${this.#sticky()} ${empty ? blank(state, { again: () => void desk.list.load(), clear }) : this.#list()}
        </div>
        <cs-bulk-bar .desk=${desk} .state=${state}></cs-bulk-bar>
      </section>
    `;
  }
}
