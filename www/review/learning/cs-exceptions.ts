// Exceptions: those in force and those that ended, and the form that makes one.
import { html, nothing, type PropertyValues } from "lit";
import { customElement, state as internal, property } from "lit/decorators.js";
import type { Allowance, PostDetail } from "../api/types.js";
import { moment } from "../locale/time.js";
import { DeskElement } from "../shell/element.js";
import { held } from "../shell/held.js";
import { followed } from "../shell/link.js";
import "./cs-exception-form.js";
import { type Draft, empty, fromFinding } from "./draft.js";
import { teaches } from "./may.js";

type Show = "current" | "ended";

/** `<cs-exceptions>` */
@customElement("cs-exceptions")
export class CsExceptions extends DeskElement {
  @property() path = "";
  @internal() private items: readonly Allowance[] | null = null;
  @internal() private show: Show = "current";
  @internal() private problem: string | null = null;
  @internal() private draft: Draft | null = null;
  @internal() private revoking: string | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.updateComplete.then(() => this.load());
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("path")) void this.#fill(new URLSearchParams(this.path.split("?")[1] ?? ""));
  }

  /** Fills the form in from the post the address names. */
  async #fill(asked: URLSearchParams): Promise<void> {
    const post = asked.get("post");
    if (post === null) return;
    const answer = await this.desk.http.get<PostDetail>(`posts/${encodeURIComponent(post)}`);
    const finding = answer.ok ? answer.value.verdict?.findings[Number(asked.get("finding"))] : undefined;
    if (answer.ok && finding) this.draft = fromFinding(answer.value, finding, Date.now());
    else this.desk.tell({ tone: "bad", words: "exceptions.gone" });
  }

  /** Reads the list anew. */
  async load(): Promise<void> {
    const { show } = this;
    const answer = await this.desk.http.get<{ items: Allowance[] }>("allowances", { show });
    if (show !== this.show) return;
    this.problem = answer.ok ? null : answer.problem.detail || answer.problem.title;
    if (answer.ok) this.items = answer.value.items;
  }

  #made(event: CustomEvent<Allowance>): void {
    this.#close();
    this.#told("exceptions.made", event.detail);
  }

  #told(words: "exceptions.made" | "exceptions.revoked", { notInForce }: Allowance): void {
    if (notInForce === undefined) this.desk.tell({ tone: "good", words });
    else this.desk.tell({ tone: "bad", words: "exceptions.waits", detail: notInForce });
    void this.load();
  }

  #close(): void {
    this.draft = null;
    if (this.path.includes("?")) this.desk.places.follow("#/learning/exceptions");
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(".exceptions-new")?.focus());
  }

  async #revoke(id: string): Promise<void> {
    this.revoking = id;
    const answer = await this.desk.http.send<Allowance>("DELETE", `allowances/${encodeURIComponent(id)}`);
    this.revoking = null;
    if (answer.ok) this.#told("exceptions.revoked", answer.value);
    else this.desk.tell({ tone: "bad", words: "exceptions.stays", detail: answer.problem.detail });
  }

  #where({ scope }: Allowance) {
    const named = (["category", "thread", "author"] as const).filter((key) => scope[key] !== undefined);
    return named.map(
      (key) =>
        html`<div><dt>${this.t(`exceptions.${key}`)}</dt><dd>${scope[key] === "*" ? this.t("exceptions.everywhere") : held(scope[key] ?? "")}</dd></div>`,
    );
  }

  #ends({ revokedAt, expires }: Allowance) {
    const { locale } = this.state.settings;
    const [name, at] = revokedAt === null ? (["exceptions.until", expires] as const) : (["exceptions.revokedAt", revokedAt] as const);
    return html`<div><dt>${this.t(name)}</dt><dd><time datetime=${at}>${moment(at, locale)}</time></dd></div>`;
  }

  #item(item: Allowance) {
    const { id, rule, fingerprint, reason, by, at, postId } = item;
    const post = postId && `#/queue/open/${encodeURIComponent(postId)}`;
    const name = rule ?? fingerprint ?? "";
    const inForce = this.show === "current" && teaches(this.state);
    return html`
      <li class="card exception">
        <div class="exception-head">
          <h2><code>${held(name)}</code>${fingerprint ? html` <span class="badge">${this.t("exceptions.one")}</span>` : nothing}</h2>
          ${inForce ? html`<button class="button danger" ?disabled=${this.revoking === id} @click=${() => void this.#revoke(id)} aria-label="${this.t("exceptions.revoke")}: ${name}">${this.t("exceptions.revoke")}</button>` : nothing}
        </div>
        <p class="held">${held(reason)}</p>
        <dl class="exception-facts">
          ${this.#where(item)} ${this.#ends(item)}
          <div><dt>${this.t("exceptions.by")}</dt><dd>${held(by)}, <time datetime=${at}>${moment(at, this.state.settings.locale)}</time></dd></div>
          ${post ? html`<div><dt>${this.t("exceptions.post")}</dt><dd><a href=${post} @click=${followed(this.desk, post)}>${this.t("exceptions.show")}</a></dd></div>` : nothing}
        </dl>
      </li>
    `;
  }

  #list(items: readonly Allowance[]) {
    if (items.length > 0) return html`<ul class="exceptions">${items.map((item) => this.#item(item))}</ul>`;
    return html`<div class="blank"><h2>${this.t(`exceptions.none.${this.show}`)}</h2><p>${this.t("exceptions.none.text")}</p></div>`;
  }

  #choose(show: Show): void {
    this.show = show;
    this.items = null;
    void this.load();
  }

  #head() {
    const option = (show: Show) =>
      html`<button class="button" aria-pressed=${show === this.show} @click=${() => this.#choose(show)}>${this.t(`exceptions.${show}`)}</button>`;
    const start = () => {
      this.draft = empty(Date.now());
    };
    return html`
      <div class="exceptions-bar">
        <div class="toggle" role="group" aria-label=${this.t("learning.exceptions")}>${option("current")} ${option("ended")}</div>
        ${teaches(this.state) ? html`<button class="button primary exceptions-new" ?disabled=${this.draft !== null} @click=${start}>${this.t("exceptions.new")}</button>` : nothing}
      </div>
    `;
  }

  protected override render() {
    const { draft, items, problem, desk, state } = this;
    return html`
      <p class="lead">${this.t("exceptions.text")}</p>
      ${draft ? html`<cs-exception-form .desk=${desk} .state=${state} .draft=${draft} @made=${this.#made} @cancelled=${this.#close}></cs-exception-form>` : nothing}
      ${this.#head()}
      ${
        problem !== null
          ? html`<div class="blank" role="alert"><h2>${this.t("exceptions.failed")}</h2><p>${problem}</p><button class="button" @click=${() => void this.load()}>${this.t("access.again")}</button></div>`
          : items
            ? this.#list(items)
            : html`<p class="blank" role="status">${this.t("section.loading")}</p>`
      }
    `;
  }
}
