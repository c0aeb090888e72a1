/**
 * "Ask the agent to analyse": a private question with a private answer. What the agent does besides is shown too.
 */
import { html, nothing, type PropertyValues } from "lit";
import { askAgent, type Problem, refusalOf, type Task } from "../api.js";
import { PageElement } from "../element.js";
import { Follow, forum } from "../state.js";
import { body } from "./post.js";
import { problemSource, problemView } from "./problem.js";

/** `<demo-analysis thread-id>` */
export class DemoAnalysis extends PageElement {
  static override properties = { threadId: { attribute: "thread-id" }, task: { state: true }, problem: { state: true } };
  declare threadId: string;
  declare task: Task | null;
  declare problem: Problem | null;

  #viewer: string | undefined;

  constructor() {
    super();
    Object.assign(this, { threadId: "", task: null, problem: null });
    new Follow(this, () => this.#forget());
  }

  /** What one person was told in private is not there for the next. */
  #forget(): void {
    if (this.#viewer !== forum.person?.id) Object.assign(this, { task: null, problem: null });
    this.#viewer = forum.person?.id;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("threadId")) Object.assign(this, { task: null, problem: null });
  }

  async #ask(): Promise<void> {
    this.problem = null;
    const answer = await askAgent(this.threadId, (task) => (this.task = { ...task }));
    if (!answer.ok) this.problem = answer.problem;
    forum.changed();
  }

  protected override render() {
    const working = this.task?.state === "working";
    return html`<section class="card analysis" aria-label="Private analysis">
      <div class="analysis-head">
        <div>
          <h2>Ask the agent, in private</h2>
          <p class="soft">Only you see the answer. <strong>helper</strong> is a scripted agent, not a language model.</p>
        </div>
        <button class="button" ?disabled=${working} @click=${() => this.#ask()}>${working ? "Analysing…" : "Analyse this thread"}</button>
      </div>
      ${this.problem ? problemView(this.problem) : nothing}
      ${this.task?.state === "failed" ? html`<p role="status">The agent's process ended early. Ask again.</p>` : nothing}
      ${this.task?.answer && !working ? this.#answer(this.task) : nothing}
    </section>`;
  }

  #answer(task: Task) {
    const refusal = refusalOf(task);
    return html`<div class="private"><p class="soft">Private answer to you, not posted</p>${body(task.answer ?? "")}</div>
      ${refusal ? html`<div role="status"><p>The agent also tried to post this in the thread. Nobody had asked for that:</p>${problemView(refusal)}</div><p><a class="button" href="/inbox">Read, edit or publish it in your inbox</a></p>${problemSource(refusal)}` : nothing}`;
  }
}
