// One post, with everything a moderator needs to decide: what it would do, its words, who asked, who wrote it, what happened.
import { html, nothing, type PropertyValues } from "lit";
import { customElement } from "lit/decorators.js";
import "./post.css";
import "../decide/cs-decide.js";
import "./cs-conflict.js";
import "./cs-effect.js";
import "./cs-evidence.js";
import "./cs-findings.js";
import "./cs-text.js";
import "./cs-thread.js";
import "./cs-versions.js";
import type { PostDetail } from "../api/types.js";
import { moment } from "../locale/time.js";
import { since } from "../shell/clock.js";
import { DeskElement } from "../shell/element.js";
import { held } from "../shell/held.js";
import { conflictOf } from "../state/state.js";
import { POST_TOOLS } from "./tools.js";

/** `<cs-post>` */
@customElement("cs-post")
export class CsPost extends DeskElement {
  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get("state")?.post.detail;
    if (before?.id !== this.state.post.detail?.id) this.querySelector(".post-scroll")?.scrollTo(0, 0);
  }

  #blank() {
    const { post, cursor } = this.state;
    if (cursor === null && this.state.queue.items.length === 0) return nothing;
    if (cursor === null) {
      const [down, up, open] = ["j", "k", "o"];
      return html`<div class="blank"><h2>${this.t("post.none")}</h2><p>${this.t("post.none.text", { down, up, open })}</p></div>`;
    }
    if (post.status === "failed") {
      return html`<div class="blank" role="alert">
        <h2>${this.t("post.failed")}</h2>
        <p>${held(post.problem)}</p>
        <button class="button" @click=${() => void this.desk.places.read(cursor)}>${this.t("access.again")}</button>
      </div>`;
    }
    return html`<p class="blank" role="status">${this.t("post.loading")}</p>`;
  }

  #back() {
    return html`<button class="button quiet back" @click=${() => this.desk.places.show("queue")}>← ${this.t("post.back")}</button>`;
  }

  #author(detail: PostDetail) {
    const kind = detail.verdict?.origin.label ?? detail.author.kind;
    const basis = detail.verdict?.origin.basis;
    const sure = basis && basis !== "none" ? ` · ${this.w("basis", basis)}` : "";
    return html`
      <span class="badge kind" data-kind=${kind}>${this.w("kind", kind)}${sure}</span>
      <strong>${held(detail.author.handle)}</strong>
      ${detail.onBehalfOf ? html`<span class="soft">${this.t("row.for")}</span> <strong>${held(detail.onBehalfOf)}</strong>` : nothing}
    `;
  }

  #head(detail: PostDetail) {
    const { locale } = this.state.settings;
    const severity = detail.severity ?? "none";
    const category = detail.submission.thread?.category;
    return html`
      <header class="post-head">
        <p class="crumbs soft">${held([category, detail.thread.title].filter(Boolean).join(" › ") || detail.thread.id)}</p>
        <h2 id="post-title"><span class="badge severity-${severity}">${this.w("severity", severity)}</span> ${held(detail.title)}</h2>
        <p class="meta">
          ${this.#author(detail)}
          <span class="soft">${this.t("post.submitted", { time: moment(detail.submittedAt, locale) })}</span>
          ${detail.state !== "held" && detail.state !== "claimed" ? nothing : html`<span class="waits">${since(detail.submittedAt, locale)} ${this.t("post.waiting")}</span>`}
          <span class="badge">${this.w("state", detail.state)}</span>
        </p>
      </header>
    `;
  }

  #why(detail: PostDetail) {
    const reasons = detail.verdict?.reasons ?? [];
    const notes = detail.notes ?? [];
    const sentences = [...reasons.map((reason) => reason.message), ...notes];
    if (sentences.length === 0) return nothing;
    return html`
      <section class="why" aria-labelledby="why-title">
        <h3 id="why-title">${this.t("post.reasons")}</h3>
        <ul>${sentences.map((sentence) => html`<li>${held(sentence)}</li>`)}</ul>
      </section>
    `;
  }

  #detail(detail: PostDetail) {
    const { desk, state } = this;
    return html`
      <div class="post-scroll" tabindex="0" role="region" aria-labelledby="post-title">
        ${this.#back()} ${this.#head(detail)}
        ${conflictOf(state) ? html`<cs-conflict .desk=${desk} .state=${state}></cs-conflict>` : nothing}
        <div class="columns">
          <div class="reading">
            <cs-effect .desk=${desk} .state=${state} .detail=${detail}></cs-effect>
            <cs-text .desk=${desk} .state=${state} .detail=${detail}></cs-text>
            <cs-thread .desk=${desk} .state=${state} .detail=${detail}></cs-thread>
            <cs-versions .desk=${desk} .state=${state} .detail=${detail}></cs-versions>
            <cs-findings .desk=${desk} .state=${state} .detail=${detail}></cs-findings>
          </div>
          <div class="evidence">
            ${this.#why(detail)}
            <cs-evidence .desk=${desk} .state=${state} .detail=${detail}></cs-evidence>
            ${POST_TOOLS.map((tool) => tool.render({ desk, state, detail }))}
          </div>
        </div>
      </div>
      <cs-decide .desk=${desk} .state=${state} .detail=${detail}></cs-decide>
    `;
  }

  protected override render() {
    const { detail } = this.state.post;
    const name = detail ? "post-title" : nothing;
    return html`
      <article class="post" id="post" tabindex="-1" aria-labelledby=${name} aria-busy=${this.state.post.status === "loading"}>
        ${detail ? this.#detail(detail) : html`${this.#back()}${this.#blank()}`}
      </article>
    `;
  }
}
