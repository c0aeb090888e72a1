/**
 * The guide beside the forum: replays the incident step by step, or lets anybody post anything.
 */
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { api, type Problem } from "../api.js";
import { PageElement } from "../element.js";
import { nameOf } from "../parts/post.js";
import { Follow, forum } from "../state.js";
import { RESULTS } from "./results.js";
import { STEPS, type Step, type Walk } from "./steps.js";

const KEY = "countersign-demo-walk";
const POLL_MS = 1500;
const MIRA_DECIDES = STEPS.findIndex((step) => step.title === "Mira decides");

function kept(): Walk {
  try {
    return { step: 0, ...(JSON.parse(sessionStorage.getItem(KEY) ?? "{}") as Partial<Walk>) };
  } catch {
    return { step: 0 };
  }
}

/** `<demo-walk>` */
export class DemoWalk extends PageElement {
  static override properties = { walk: { state: true }, busy: { state: true }, failure: { state: true }, free: { state: true } };
  declare walk: Walk;
  declare busy: boolean;
  declare failure: string;
  declare free: boolean;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    Object.assign(this, { walk: kept(), busy: false, failure: "", free: false });
    new Follow(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("draft-published", this.#onPublished);
    this.#timer = setInterval(() => void this.#watchDecision(), POLL_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("draft-published", this.#onPublished);
    clearInterval(this.#timer);
  }

  #keep(more: Partial<Walk>): void {
    this.walk = { ...this.walk, ...more };
    sessionStorage.setItem(KEY, JSON.stringify(this.walk));
  }

  /** Lior pressed the button in the inbox itself: the walk goes on from there. */
  readonly #onPublished = (event: Event): void => {
    const { draft, postId, problem } = (event as CustomEvent<{ draft: string; postId: string; problem: Problem | null }>).detail;
    if (problem && draft === this.walk.draft?.id && !this.walk.held) this.#keep({ held: problem, heldId: postId, step: 4 });
  };

  /** Mira decides on another page: the walk notices. */
  async #watchDecision(): Promise<void> {
    const { step, heldId } = this.walk;
    if (step !== MIRA_DECIDES || !heldId || !forum.person?.moderator || document.visibilityState !== "visible") return;
    const held = await api.held(heldId);
    if (held.ok && held.value.decision && this.walk.step === MIRA_DECIDES) this.#keep({ decided: held.value, step: step + 1 });
  }

  async #run(step: Step): Promise<void> {
    this.busy = true;
    this.failure = "";
    try {
      await forum.viewAs(step.as);
      this.#keep({ ...(await step.run(this.walk)), step: this.walk.step + 1 });
    } catch (cause) {
      this.failure = cause instanceof Error ? cause.message : String(cause);
    }
    this.busy = false;
    await this.updateComplete;
    this.querySelector<HTMLElement>(".step-now button, .step-now a.button, .walk-end button")?.focus({ preventScroll: true });
    this.querySelector(".step-now, .walk-end")?.scrollIntoView({ block: "nearest" });
  }

  #startOver(): void {
    sessionStorage.removeItem(KEY);
    Object.assign(this, { walk: { step: 0 }, failure: "" });
    forum.go("/");
  }

  protected override render() {
    return html`<div class="tabs">
        <button class="tab" aria-pressed=${!this.free} @click=${() => (this.free = false)}>Replay the incident</button>
        <button class="tab" aria-pressed=${this.free} @click=${() => (this.free = true)}>Free play</button>
      </div>
      ${this.free ? html`<demo-free-play></demo-free-play>` : this.#guide()}`;
  }

  #guide() {
    const done = this.walk.step >= STEPS.length;
    return html`<h2>What happened in March 2026, with a gate in place</h2>
      <p class="soft">The advice in the real incident was never published; the text here is invented. The agent is a script, not a language model.</p>
      <ol class="steps">
        ${repeat(
          STEPS,
          (step) => step.title,
          (step, index) => this.#step(step, index),
        )}
      </ol>
      <div class="walk-end">
        ${done ? html`<p>That is the whole way. Try to get something past it under <em>Free play</em>.</p>` : nothing}
        ${this.walk.step > 0 ? html`<button class="button" @click=${() => this.#startOver()}>Start over</button> <span class="soft">A new question; the log keeps the old one.</span>` : nothing}
      </div>`;
  }

  #step(step: Step, index: number) {
    const { walk } = this;
    const now = index === walk.step;
    if (index < walk.step) return done(step, index, walk);
    return html`<li class=${now ? "step-now" : "step-later"} aria-current=${now ? "step" : nothing}>
      <h3>${step.title}</h3>
      ${now ? html`<p>${step.text}</p>${this.#action(step, index)}` : nothing}
    </li>`;
  }

  #action(step: Step, index: number) {
    const viewing = forum.person?.id === step.as;
    const review = index === MIRA_DECIDES;
    return html`<div class="actions-start">
        ${review && viewing ? html`<a class="button primary" href="/countersign/review/#/open/${this.walk.heldId}" target="countersign-review">Open the review page</a>` : nothing}
        ${
          review && !viewing
            ? html`<button class="button primary" @click=${() => forum.viewAs(step.as)}>View as ${nameOf(step.as)}</button>`
            : html`<button class="button ${review ? "" : "primary"}" ?disabled=${this.busy} @click=${() => this.#run(step)}>${this.busy ? "Working…" : step.action}</button>`
        }
      </div>
      ${this.failure ? html`<p class="notice notice-warn" role="alert">${this.failure}</p>` : nothing}`;
  }
}

/** A step that is done, with what it found; only the latest stands open. */
function done(step: Step, index: number, walk: Walk) {
  return html`<li class="step-done">
    <details ?open=${index === walk.step - 1}>
      <summary><h3>${step.title}</h3></summary>
      <p>${step.text}</p>
      <div class="result">${RESULTS[index]?.(walk)}</div>
    </details>
  </li>`;
}
