// The page itself: the bar, the queue, one post, and what may lie over them.
import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import "../decide/cs-decide-dialog.js";
import "../keyboard/cs-help.js";
import "../post/cs-post.js";
import "../queue/cs-queue.js";
import "./cs-access.js";
import "./cs-notice.js";
import "./cs-top.js";
import { listen } from "../keyboard/listen.js";
import { clock } from "../locale/time.js";
import type { Store } from "../state/store.js";
import { DeskElement } from "./element.js";

/** `<cs-desk>`: holds the store and hands its state down. */
@customElement("cs-desk")
export class CsDesk extends DeskElement {
  @property({ attribute: false }) store!: Store;
  @property({ attribute: false }) retry: () => void = () => {};
  readonly #ends: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.state = this.store.state;
    this.#ends.push(
      this.store.subscribe((state) => {
        this.state = state;
      }),
      listen(this.desk),
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.#ends.splice(0)) end();
  }

  protected override updated(): void {
    const { counts, access } = this.state;
    const open = access === "granted" && counts?.open ? `(${counts.open}) ` : "";
    document.title = `${open}${this.t("page.title")}`;
  }

  #offline() {
    const { connection, lostAt, settings } = this.state;
    if (connection !== "lost" || lostAt === null) return nothing;
    return html`<p class="offline">${this.t("offline.text", { time: clock(lostAt, settings.locale) })}</p>`;
  }

  /** Jumps to the post without touching the address. */
  #skip(event: Event): void {
    event.preventDefault();
    this.desk.show("post");
    this.querySelector<HTMLElement>("#post")?.focus();
  }

  protected override render() {
    const { desk, state } = this;
    if (state.access !== "granted") return html`<cs-access .desk=${desk} .state=${state} .retry=${this.retry}></cs-access>`;
    return html`
      <a class="skip visually-hidden" href="#post" @click=${this.#skip}>${this.t("page.skip")}</a>
      <cs-top .desk=${desk} .state=${state}></cs-top>
      <div role="status">${this.#offline()}</div>
      <main class="panes" data-pane=${state.pane}>
        <cs-queue .desk=${desk} .state=${state}></cs-queue>
        <cs-post .desk=${desk} .state=${state}></cs-post>
      </main>
      <cs-notice .desk=${desk} .state=${state}></cs-notice>
      <cs-decide-dialog .desk=${desk} .state=${state}></cs-decide-dialog>
      <cs-help .desk=${desk} .state=${state}></cs-help>
    `;
  }
}
