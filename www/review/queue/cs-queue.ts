// The queue: what waits, most severe first. Only the rows on the screen are in the page, so that ten thousand scroll like ten.
import { html, nothing, type PropertyValues } from "lit";
import { customElement } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import "./queue.css";
import { DeskElement } from "../shell/element.js";
import { search } from "../state/order.js";
import type { State } from "../state/state.js";
import { row } from "./row.js";
import { visible } from "./window.js";

const ROW_GUESS = 92;
const NEAR_END = 20;

/** `<cs-queue>` */
@customElement("cs-queue")
export class CsQueue extends DeskElement {
  #top = 0;
  #height = 900;
  #row = ROW_GUESS;
  readonly #resized = new ResizeObserver(() => this.#measure());

  get #scroller(): HTMLElement | null {
    return this.querySelector(".queue-scroll");
  }

  protected override firstUpdated(): void {
    const scroller = this.#scroller;
    if (scroller) this.#resized.observe(scroller);
  }

  #measure(): void {
    const scroller = this.#scroller;
    const height = scroller?.clientHeight ?? 0;
    const row = this.querySelector<HTMLElement>(".row")?.offsetHeight || this.#row;
    if (height === this.#height && row === this.#row) return;
    this.#height = height;
    this.#row = row;
    this.requestUpdate();
  }

  #scrolled(): void {
    const top = this.#scroller?.scrollTop ?? 0;
    if (Math.floor(top / this.#row) !== Math.floor(this.#top / this.#row)) this.requestUpdate();
    this.#top = top;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const list = this.querySelector<HTMLElement>(".rows");
    const { items, range } = this.#shown();
    // Set through the object model: the page's policy allows no style attribute.
    list?.style.setProperty("padding-top", `${range.from * this.#row}px`);
    list?.style.setProperty("padding-bottom", `${(items.length - range.to) * this.#row}px`);
    this.#measure();
    const before: State | undefined = changed.get("state");
    if (before && before.cursor !== this.state.cursor) this.#reveal();
    if (this.state.queue.status === "ready" && range.to > items.length - NEAR_END) void this.desk.more();
  }

  /** Scrolls just far enough to show the row of the cursor. */
  #reveal(): void {
    const scroller = this.#scroller;
    const at = this.#shown().items.findIndex((post) => post.id === this.state.cursor);
    if (!scroller || at < 0) return;
    const top = at * this.#row;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + this.#row > scroller.scrollTop + this.#height) scroller.scrollTop = top + this.#row - this.#height;
  }

  #shown() {
    const items = search(this.state.queue.items, this.state.query);
    return { items, range: visible(this.#top, this.#height, this.#row, items.length) };
  }

  #blank() {
    const { queue, filter, query } = this.state;
    if (queue.status === "loading" || queue.status === "idle") return html`<p class="blank" role="status">${this.t("queue.loading")}</p>`;
    if (queue.status === "failed") {
      const again = () => void this.desk.load();
      return html`<div class="blank" role="alert">
        <h2>${this.t("queue.failed")}</h2>
        <p>${queue.problem}</p>
        <button class="button" @click=${again}>${this.t("access.again")}</button>
      </div>`;
    }
    if (query) {
      const clear = () => this.desk.find("");
      return html`<div class="blank">
        <h2>${this.t("queue.none")}</h2>
        <button class="button" @click=${clear}>${this.t("queue.clear")}</button>
      </div>`;
    }
    return html`<div class="blank">
      <h2>${this.t(filter === "open" ? "queue.empty.open" : "queue.empty.other")}</h2>
      ${filter === "open" ? html`<p>${this.t("queue.empty.open.text")}</p>` : nothing}
    </div>`;
  }

  #bar(found: number) {
    const { query, queue } = this.state;
    const typed = (event: Event) => this.desk.find((event.target as HTMLInputElement).value);
    return html`
      <div class="queue-bar">
        <input class="field" type="search" id="find" .value=${query} @input=${typed}
          aria-label=${this.t("queue.find")} placeholder="${this.t("queue.find")}  /" aria-describedby="queue-hint" />
        <p class="soft" id="queue-hint" role="status">
          ${query ? this.t("queue.found", { found, loaded: queue.items.length }) : this.t("queue.order")}
        </p>
      </div>
    `;
  }

  #more() {
    const { queue } = this.state;
    if (queue.growing) return html`<p class="queue-more soft">${this.t("queue.growing")}</p>`;
    if (queue.next === null) return nothing;
    return html`<p class="queue-more"><button class="button" @click=${() => void this.desk.more()}>${this.t("queue.more")}</button></p>`;
  }

  protected override render() {
    const { items, range } = this.#shown();
    const rows = items.slice(range.from, range.to);
    const size = this.state.queue.next === null ? items.length : -1;
    return html`
      <section class="queue" aria-label=${this.t("queue.name")}>
        ${this.#bar(items.length)}
        <div class="queue-scroll" @scroll=${this.#scrolled}>
          ${items.length === 0 ? this.#blank() : nothing}
          <ul class="rows" ?hidden=${items.length === 0} aria-label=${this.t("queue.name")}>
            ${repeat(
              rows,
              (post) => post.id,
              (post, index) => row(post, this.state, this.desk, range.from + index + 1, size),
            )}
          </ul>
          ${items.length ? this.#more() : nothing}
        </div>
      </section>
    `;
  }
}
