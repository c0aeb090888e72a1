/**
 * A draft in its owner's hands: read, edited, published in one of two ways, or thrown away.
 */
import { html, nothing, type PropertyValues } from "lit";
import { api, type DraftRow, type Problem } from "../api.js";
import { PageElement } from "../element.js";
import { forum } from "../state.js";
import { body, nameOf } from "./post.js";
import { time } from "./time.js";

/** What came of something done to a draft. */
export type DraftResult = { said: string; problem?: Problem; thread?: string };

const PUBLISHED = {
  agent: "Published in the thread as the agent's answer, labelled, for you.",
  self: "Published in the thread under your name, labelled as written with AI.",
};

/** `<demo-draft>`; fires `draft-done` with a `DraftResult`. */
export class DemoDraft extends PageElement {
  static override properties = { draft: { attribute: false }, editing: { state: true }, busy: { state: true } };
  declare draft: DraftRow;
  declare editing: boolean;
  declare busy: boolean;

  constructor() {
    super();
    Object.assign(this, { editing: false, busy: false });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("draft")) this.busy = false;
  }

  #tell(detail: DraftResult): void {
    this.dispatchEvent(new CustomEvent("draft-done", { detail, bubbles: true }));
    forum.changed();
  }

  async #publish(as: "agent" | "self"): Promise<void> {
    this.busy = true;
    const answer = await api.publishDraft(this.draft, as);
    this.busy = false;
    if (!answer.ok) return this.#tell({ said: "", problem: answer.problem });
    const { problem } = answer.value;
    this.#tell(problem ? { said: "", problem } : { said: PUBLISHED[as], thread: this.draft.thread });
    dispatchEvent(new CustomEvent("draft-published", { detail: { draft: this.draft.id, ...answer.value } }));
  }

  async #discard(): Promise<void> {
    const answer = await api.discardDraft(this.draft.id);
    this.#tell(answer.ok ? { said: "Discarded." } : { said: "", problem: answer.problem });
  }

  async #save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const text = String(new FormData(event.target as HTMLFormElement).get("text"));
    const answer = await api.editDraft(this.draft.id, text);
    if (answer.ok) await this.#edit(false);
    // Until the new text has been read again, nothing can be done with the old one.
    this.busy = answer.ok;
    this.#tell(answer.ok ? { said: "Saved. Nothing is published yet." } : { said: "", problem: answer.problem });
  }

  /** Opens or closes the editor; the focus goes where one goes on. */
  async #edit(editing: boolean): Promise<void> {
    this.editing = editing;
    await this.updateComplete;
    this.querySelector<HTMLElement>(editing ? "textarea" : "[data-edit]")?.focus();
  }

  protected override render() {
    const { draft } = this;
    return html`<article class="card draft" aria-label="Draft by ${nameOf(draft.agent)}">
      <p class="soft">
        ${nameOf(draft.agent)}, a scripted agent${draft.edited ? ", edited by you" : ""}, in <a href="/t/${draft.thread}">${draft.title}</a> · ${time(draft.at)}
      </p>
      ${this.editing ? this.#editor() : this.#reader()}
    </article>`;
  }

  #reader() {
    const { draft, busy } = this;
    const agent = nameOf(draft.agent);
    return html`<div class="private">${body(draft.body)}</div>
      <p class="soft">
        ${draft.edited ? nothing : html`As the agent's answer it appears as ${agent}'s, for you. `}Under your name it is your post, labelled as written with AI.
      </p>
      <div class="actions">
        <span class="actions-start">
          <button class="button" ?disabled=${busy} @click=${() => this.#discard()}>Discard</button>
          <button class="button" data-edit ?disabled=${busy} @click=${() => this.#edit(true)}>Edit</button>
        </span>
        <button class="button ${draft.edited ? "primary" : ""}" ?disabled=${busy} @click=${() => this.#publish("self")}>Publish under my name</button>
        ${draft.edited ? nothing : html`<button class="button primary" ?disabled=${busy} @click=${() => this.#publish("agent")}>Publish the agent's answer</button>`}
      </div>`;
  }

  #editor() {
    const id = `edit-${this.draft.id}`;
    return html`<form class="composer" @submit=${(event: SubmitEvent) => this.#save(event)}>
      <label for=${id}>Your version</label>
      <textarea class="field" id=${id} name="text" rows="10" required maxlength="20000" .value=${this.draft.body}></textarea>
      <p class="soft">What you edit is published under your name, and says that it was written with AI.</p>
      <div class="actions">
        <button class="button" type="button" @click=${() => this.#edit(false)}>Cancel</button>
        <button class="button primary">Save</button>
      </div>
    </form>`;
  }
}
