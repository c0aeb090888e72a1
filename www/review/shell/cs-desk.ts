// The page itself: the bar, the section that is shown, and what may lie over it.
import { html, nothing, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import "../decide/cs-bulk-dialog.js";
import "../decide/cs-decide-dialog.js";
import "../decide/cs-redact-dialog.js";
import "../keyboard/cs-help.js";
import "../post/cs-post.js";
import "../queue/cs-queue.js";
import "../queue/cs-save-view.js";
import "../queue/cs-tabs.js";
import "./cs-access.js";
import "./cs-notice.js";
import "./cs-top.js";
import { listen } from "../keyboard/listen.js";
import { clock } from "../locale/time.js";
import type { Store } from "../state/store.js";
import { startClock } from "./clock.js";
import { DeskElement } from "./element.js";
import { SECTIONS, type Section } from "./sections.js";

/** `<cs-desk>`: holds the store and hands its state down. */
@customElement("cs-desk")
export class CsDesk extends DeskElement {
  @property({ attribute: false }) store!: Store;
  @property({ attribute: false }) retry: () => void = () => {};
  readonly #ends: (() => void)[] = [];
  readonly #loading = new Map<Section, "asked" | "here" | "failed">();

  override connectedCallback(): void {
    super.connectedCallback();
    this.state = this.store.state;
    this.#ends.push(
      this.store.subscribe((state) => {
        this.state = state;
      }),
      listen(this.desk),
      startClock(),
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.#ends.splice(0)) end();
  }

  get #section(): Section | undefined {
    return SECTIONS.find(({ id }) => id === this.state.section);
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const { counts, access } = this.state;
    const open = access === "granted" && counts?.open ? `(${counts.open}) ` : "";
    const section = this.#section;
    document.title = `${open}${section ? `${this.t(section.label)} · ` : ""}${this.t("page.title")}`;
  }

  #offline() {
    const { connection, lostAt, settings } = this.state;
    if (connection !== "lost" || lostAt === null) return nothing;
    return html`<p class="offline">${this.t("offline.text", { time: clock(lostAt, settings.locale) })}</p>`;
  }

  /** Jumps to the post, or to the section, without touching the address. */
  #skip(event: Event): void {
    event.preventDefault();
    if (!this.#section) this.desk.places.show("post");
    this.querySelector<HTMLElement>(this.#section ? "main" : "#post")?.focus();
  }

  #queue() {
    const { desk, state } = this;
    return html`
      <cs-tabs .desk=${desk} .state=${state}></cs-tabs>
      <main class="panes" data-pane=${state.pane} ?data-choosing=${state.selected.size > 0}>
        <cs-queue .desk=${desk} .state=${state}></cs-queue>
        <cs-post .desk=${desk} .state=${state}></cs-post>
      </main>
      <cs-decide-dialog .desk=${desk} .state=${state}></cs-decide-dialog>
      <cs-redact-dialog .desk=${desk} .state=${state}></cs-redact-dialog>
      <cs-bulk-dialog .desk=${desk} .state=${state}></cs-bulk-dialog>
      <cs-save-view .desk=${desk} .state=${state}></cs-save-view>
    `;
  }

  /** Fetches a section's code once; a failure may be tried again. */
  #fetch(section: Section): void {
    this.#loading.set(section, "asked");
    const settled = (how: "here" | "failed") => () => {
      this.#loading.set(section, how);
      this.requestUpdate();
    };
    (section.load?.() ?? Promise.resolve()).then(settled("here"), settled("failed"));
  }

  #other(section: Section) {
    const how = this.#loading.get(section);
    if (how === undefined) this.#fetch(section);
    if (how === "failed") {
      const again = () => {
        this.#fetch(section);
        this.requestUpdate();
      };
      return html`<div class="blank" role="alert"><h2>${this.t("section.failed")}</h2><button class="button" @click=${again}>${this.t("access.again")}</button></div>`;
    }
    const { desk, state } = this;
    return how === "here"
      ? section.render({ desk, state, path: state.path })
      : html`<p class="blank" role="status">${this.t("section.loading")}</p>`;
  }

  protected override render() {
    const { desk, state } = this;
    if (state.access !== "granted") return html`<cs-access .desk=${desk} .state=${state} .retry=${this.retry}></cs-access>`;
    const section = this.#section;
    return html`
      <a class="skip visually-hidden" href=${section ? "#section" : "#post"} @click=${this.#skip}>${this.t(section ? "page.skip.section" : "page.skip")}</a>
      <cs-top .desk=${desk} .state=${state}></cs-top>
      <div role="status">${this.#offline()}</div>
      ${section ? html`<main class="section" id="section" tabindex="-1">${this.#other(section)}</main>` : this.#queue()}
      <cs-notice .desk=${desk} .state=${state}></cs-notice>
      <cs-help .desk=${desk} .state=${state}></cs-help>
    `;
  }
}
