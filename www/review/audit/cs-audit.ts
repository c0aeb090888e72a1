// The log: the newest entries first, of one post or one actor where one asks, verified on demand, exported as it is.
import { html, nothing, type PropertyValues } from "lit";
import { customElement, state as internal, property } from "lit/decorators.js";
import type { AuditEntry, AuditPage, AuditVerification } from "../api/types.js";
import { moment, regional } from "../locale/time.js";
import { DeskElement } from "../shell/element.js";
import { held } from "../shell/held.js";
import { followed } from "../shell/link.js";
import "../statistics/statistics.css";
import "./audit.css";

type Filter = { post: string; actor: string };

/** What an address narrows the log to. */
export function readFilter(path: string): Filter {
  const given = new URLSearchParams(path.split("?")[1] ?? "");
  return { post: given.get("post") ?? "", actor: given.get("actor") ?? "" };
}

/** The address of a narrowed log. */
export function addressOf(filter: Filter): string {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== "")).toString();
  return `#/audit${query && `?${query}`}`;
}

/** `<cs-audit>` */
@customElement("cs-audit")
export class CsAudit extends DeskElement {
  @property() path = "";
  @internal() private entries: readonly AuditEntry[] | null = null;
  @internal() private next: string | null = null;
  @internal() private problem: string | null = null;
  @internal() private verified: AuditVerification | "asking" | "failed" | null = null;
  #filter: Filter = { post: "", actor: "" };

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("path")) return;
    this.#filter = readFilter(this.path);
    this.entries = null;
    void this.#load(null);
  }

  async #load(cursor: string | null): Promise<void> {
    const filter = this.#filter;
    const answer = await this.desk.http.get<AuditPage>("audit", { order: "newest", ...filter, cursor: cursor ?? undefined });
    if (filter !== this.#filter) return;
    this.problem = answer.ok ? null : answer.problem.detail || answer.problem.title;
    if (!answer.ok) return;
    this.entries = [...(cursor === null ? [] : (this.entries ?? [])), ...answer.value.entries];
    this.next = answer.value.next;
  }

  async #verify(): Promise<void> {
    this.verified = "asking";
    const answer = await this.desk.http.get<AuditVerification>("audit/verify");
    this.verified = answer.ok ? answer.value : "failed";
  }

  #narrow(event: Event): void {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => String(data.get(name) ?? "").trim();
    this.desk.places.follow(addressOf({ post: text("post"), actor: text("actor") }));
  }

  #verdict() {
    const { verified } = this;
    if (verified === null) return nothing;
    if (verified === "asking") return html`<p>${this.t("log.verifying")}</p>`;
    if (verified === "failed") return html`<p class="error">${this.t("log.unverified")}</p>`;
    return verified.ok
      ? html`<p class="verdict good">✓ ${this.t("log.holds", { entries: verified.entries.toLocaleString(regional(this.state.settings.locale)) })}</p>`
      : html`<p class="verdict bad">✗ ${this.t("log.broken", { seq: verified.seq, reason: verified.reason })}</p>`;
  }

  #exports() {
    const link = (format: "jsonl" | "ocsf") => {
      const address = this.desk.http.address(`audit/export?format=${format}`).href;
      const name = this.t(`log.export.${format}`);
      return html`<a class="button" href=${address} download aria-label="${this.t("log.export")}: ${name}">${name}</a>`;
    };
    return html`<span class="soft">${this.t("log.export")}</span> ${link("jsonl")} ${link("ocsf")}`;
  }

  #bar() {
    const { post, actor } = this.#filter;
    const input = (name: "post" | "actor", value: string) => html`
      <label>${this.t(`log.${name}`)} <input class="field" name=${name} maxlength="200" autocomplete="off" spellcheck="false" dir="auto" .value=${value} /></label>
    `;
    const all = addressOf({ post: "", actor: "" });
    return html`
      <div class="log-bar">
        <form role="search" aria-label=${this.t("log.filter")} @submit=${this.#narrow}>
          ${input("post", post)} ${input("actor", actor)}
          <button class="button">${this.t("log.apply")}</button>
          ${post || actor ? html`<a class="button quiet" href=${all} @click=${followed(this.desk, all)}>${this.t("log.clear")}</a>` : nothing}
        </form>
        <div class="log-acts">
          <button class="button primary" ?disabled=${this.verified === "asking"} @click=${() => void this.#verify()}>${this.t("log.verify")}</button>
          ${this.#exports()}
        </div>
      </div>
      <div role="status">${this.#verdict()}</div>
    `;
  }

  #detail(detail: Record<string, unknown>) {
    const told = Object.entries(detail).filter(
      ([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
    );
    const word = (value: unknown) => (typeof value === "string" ? value : Array.isArray(value) ? value.join(", ") : JSON.stringify(value));
    return html`<ul class="log-detail">${told.map(([key, value]) => html`<li><span class="soft">${key}</span> ${held(word(value))}</li>`)}</ul>`;
  }

  #link(filter: Filter, name: string) {
    const address = addressOf(filter);
    return html`<a href=${address} @click=${followed(this.desk, address)}>${held(name)}</a>`;
  }

  #row({ seq, at, actor, action, postId, detail, hash }: AuditEntry) {
    const { post } = this.#filter;
    return html`
      <tr>
        <td class="log-seq" data-name=${this.t("log.seq")}><span title=${this.t("log.hash", { hash })}>${seq}</span></td>
        <td data-name=${this.t("log.at")}><time datetime=${at}>${moment(at, this.state.settings.locale)}</time></td>
        <td data-name=${this.t("log.who")}>${this.#link({ post, actor }, actor)}</td>
        <th scope="row" data-name=${this.t("log.what")}>${this.w("audit", action)}</th>
        <td data-name=${this.t("log.post")}>${postId === null ? nothing : this.#link({ post: postId, actor: "" }, postId)}</td>
        <td data-name=${this.t("log.detail")}>${this.#detail(detail)}</td>
      </tr>
    `;
  }

  #list(entries: readonly AuditEntry[]) {
    if (entries.length === 0) return html`<div class="blank"><h2>${this.t("log.none")}</h2><p>${this.t("log.none.text")}</p></div>`;
    const head = (["seq", "at", "who", "what", "post", "detail"] as const).map(
      (name) => html`<th scope="col">${this.t(`log.${name}`)}</th>`,
    );
    return html`
      <table class="log">
        <caption class="visually-hidden">${this.t("log.title")}</caption>
        <thead><tr>${head}</tr></thead>
        <tbody>${entries.map((entry) => this.#row(entry))}</tbody>
      </table>
      ${this.next === null ? nothing : html`<p class="log-more"><button class="button" @click=${() => void this.#load(this.next)}>${this.t("log.more")}</button></p>`}
    `;
  }

  #failed(problem: string) {
    return html`<div class="blank" role="alert"><h2>${this.t("log.failed")}</h2><p>${problem}</p><button class="button" @click=${() => void this.#load(null)}>${this.t("access.again")}</button></div>`;
  }

  protected override render() {
    const { entries, problem } = this;
    return html`
      <header class="section-head"><h1>${this.t("log.title")}</h1><p class="soft">${this.t("log.text")}</p></header>
      ${this.#bar()}
      ${problem !== null ? this.#failed(problem) : entries ? this.#list(entries) : html`<p class="blank" role="status">${this.t("section.loading")}</p>`}
    `;
  }
}
