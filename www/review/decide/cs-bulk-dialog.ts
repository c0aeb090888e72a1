// A step on many posts: what would come of it, why some cannot, a reason for all, then one key.
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state as internal } from "lit/decorators.js";
import { closed, toggleDialog } from "../shell/dialog.js";
import { DeskElement } from "../shell/element.js";
import { held } from "../shell/held.js";
import type { Bulk, BulkStep, State } from "../state/state.js";
import { comment } from "./reasons.js";
import { chooseReason, reasonList, type WordsNames, wordsField, writtenIn } from "./words.js";

const WORDS: Partial<Record<BulkStep, WordsNames>> = {
  reject: { label: "reject.words", hint: "decide.seen", required: false },
  return: { label: "decide.comment", hint: "decide.seen", required: false },
  escalate: { label: "escalate.words", hint: "escalate.seen", required: true },
};

/** Why posts cannot take the step, with the titles of those it is true of. */
function refusals({ results, posts }: Bulk): [string, string[]][] {
  const titles = new Map(posts.map(({ id, title }) => [id, title]));
  const found = new Map<string, string[]>();
  for (const result of results) {
    if (result.ok) continue;
    const why = result.problem.detail || result.problem.title;
    found.set(why, [...(found.get(why) ?? []), titles.get(result.id) ?? result.id]);
  }
  return [...found];
}

/** `<cs-bulk-dialog>` */
@customElement("cs-bulk-dialog")
export class CsBulkDialog extends DeskElement {
  @internal() private missing = false;
  /** Shown while the dialog closes. */
  #last: Bulk | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#last = this.state.bulk ?? this.#last;
    if ((changed.get("state") as State | undefined)?.bulk === null) this.missing = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const dialog = this.querySelector("dialog");
    const open = this.state.dialog === "bulk";
    if (toggleDialog(dialog, open)) dialog?.querySelector("form")?.reset();
    const before = changed.get("state")?.bulk?.status;
    const { bulk } = this.state;
    if (open && bulk?.status === "ready" && before !== "ready") this.querySelector<HTMLElement>("[data-first]")?.focus();
  }

  #send(event: Event): void {
    event.preventDefault();
    const form = this.querySelector("form");
    const { bulk } = this.state;
    if (!form || !bulk) return;
    const { reason, words } = writtenIn(form);
    const said = comment(reason, words);
    this.missing = said === null && (bulk.step === "reject" || bulk.step === "escalate");
    if (this.missing) form.querySelector<HTMLElement>("[name=reason], [name=words]")?.focus();
    else void this.desk.bulk.confirm(said ?? undefined);
  }

  #pressed(event: KeyboardEvent): void {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#send(event);
    else if (!(event.target instanceof HTMLTextAreaElement)) chooseReason(this, Number(event.key));
  }

  #cannot(bulk: Bulk): TemplateResult | typeof nothing {
    const reasons = refusals(bulk);
    if (reasons.length === 0) return nothing;
    const count = reasons.reduce((sum, [, titles]) => sum + titles.length, 0);
    return html`
      <p class="bulk-cannot">${this.t("bulk.cannot", { count })}</p>
      <ul class="plain-list">
        ${reasons.map(([why, titles]) => html`<li>${titles.length > 1 ? html`<strong>${titles.length}×</strong> ` : nothing}${held(why)} <span class="soft">${held(titles.slice(0, 3).join(" · "))}${titles.length > 3 ? " …" : nothing}</span></li>`)}
      </ul>
    `;
  }

  #preview(bulk: Bulk) {
    const possible = bulk.results.filter((result) => result.ok);
    const waiting = bulk.step === "approve" ? possible.filter(({ state }) => state === "held").length : 0;
    return html`
      <p class="bulk-will"><strong>${this.t(`bulk.will.${bulk.step}`, { count: possible.length })}</strong></p>
      ${waiting ? html`<p>${this.t("bulk.first", { count: waiting })}</p>` : nothing} ${this.#cannot(bulk)}
    `;
  }

  #status(bulk: Bulk) {
    if (bulk.status === "asking" || bulk.status === "sending") return html`<p role="status">${this.t(`bulk.${bulk.status}`)}</p>`;
    if (bulk.status === "failed") return html`<p class="error" role="alert">${this.t("bulk.failed")} ${bulk.problem}</p>`;
    return html`<div role="status">${this.#preview(bulk)}</div>`;
  }

  #form(bulk: Bulk) {
    const { session, settings } = this.state;
    const words = WORDS[bulk.step];
    const possible = bulk.results.filter(({ ok }) => ok).length;
    const needed = bulk.step === "reject" || bulk.step === "escalate";
    return html`
      ${bulk.step === "reject" ? reasonList(session, settings.locale, this.missing) : nothing}
      ${words ? wordsField(settings.locale, words, bulk.step !== "reject") : nothing}
      ${bulk.step === "escalate" && this.missing ? html`<p class="error" role="alert">${this.t("escalate.required")}</p>` : nothing}
      <p class="dialog-acts">
        <button type="button" class="button" @click=${() => this.desk.close()}>${this.t("decide.cancel")}</button>
        ${
          bulk.status === "ready" && possible
            ? html`<button class="button primary" ?data-first=${!needed && !words}>${this.t("bulk.confirm", { step: this.t(`step.${bulk.step}`), count: possible })} <kbd>Ctrl ↵</kbd></button>`
            : nothing
        }
      </p>
    `;
  }

  protected override render() {
    const bulk = this.#last;
    return html`
      <dialog class="decision" aria-labelledby="bulk-title" @close=${(event: Event) => closed(event) && this.state.dialog === "bulk" && this.desk.close()} @keydown=${this.#pressed}>
        ${
          bulk
            ? html`<form @submit=${this.#send} novalidate>
                <h2 id="bulk-title">${this.t(`bulk.title.${bulk.step}`)}</h2>
                ${this.#status(bulk)} ${this.#form(bulk)}
              </form>`
            : nothing
        }
      </dialog>
    `;
  }
}
