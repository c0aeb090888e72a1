/**
 * Free play: any text, from anybody, through the same gate.
 */
import { html, nothing } from "lit";
import { api, askAgent, type Posted, type Problem, refusalOf } from "../api.js";
import { PageElement } from "../element.js";
import { inline, nameOf } from "../parts/post.js";
import { problemView } from "../parts/problem.js";
import { Follow, forum } from "../state.js";

type Result = { published: Posted } | { refused: Problem };

/** `<demo-free-play>` */
export class DemoFreePlay extends PageElement {
  static override properties = { result: { state: true }, busy: { state: true } };
  declare result: Result | null;
  declare busy: boolean;

  constructor() {
    super();
    Object.assign(this, { result: null, busy: false });
    new Follow(this);
  }

  async #post(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const [who, text] = [String(data.get("who")), String(data.get("text"))];
    const { place } = forum;
    if (place.page !== "thread") return;
    this.busy = true;
    this.result = who === "helper" ? await byAgent(place.id, text) : await byPerson(place.id, who, text);
    this.busy = false;
    forum.changed();
  }

  protected override render() {
    const inThread = forum.place.page === "thread";
    return html`<h2>Post anything as anybody</h2>
      <p class="soft">The agent posts through the API with its own token, on behalf of whoever you view as. Mention <code>@helper</code> as a person first to see a requested post.</p>
      <form class="composer" @submit=${(event: SubmitEvent) => this.#post(event)}>
        <div>
          <label for="free-who">As</label>
          <select class="field" id="free-who" name="who">
            ${forum.people.map((person) => html`<option value=${person.id}>${person.name}, ${person.about.toLowerCase()}</option>`)}
          </select>
        </div>
        <div>
          <label for="free-text">Text</label>
          <textarea class="field" id="free-text" name="text" rows="5" required maxlength="20000"></textarea>
        </div>
        ${inThread ? nothing : html`<p class="notice" role="status">Open a thread first: replies go there.</p>`}
        <div class="actions"><button class="button primary" ?disabled=${this.busy || !inThread}>${this.busy ? "Posting…" : "Post"}</button></div>
      </form>
      ${this.result ? view(this.result) : nothing}`;
  }
}

async function byPerson(thread: string, who: string, text: string): Promise<Result> {
  await forum.viewAs(who);
  const answer = await api.reply(thread, text);
  return answer.ok ? { published: answer.value } : { refused: answer.problem };
}

async function byAgent(thread: string, text: string): Promise<Result> {
  const answer = await askAgent(thread, () => undefined, text);
  if (!answer.ok) return { refused: answer.problem };
  const refusal = refusalOf(answer.value);
  const posted = answer.value.steps.find((step) => step.did === "posted");
  if (refusal) return { refused: refusal };
  if (posted) return { published: posted.answer as Posted };
  return { refused: { title: "the agent did not post", status: 0, detail: "its process ended early: try again" } };
}

const WORDS: Record<Posted["action"], string> = {
  publish: "Published",
  label: "Published with a label",
  flag: "Published with the instruction veiled, and listed for moderators",
};

function view(result: Result) {
  if ("refused" in result) return problemView(result.refused);
  const { post, action, reasons } = result.published;
  return html`<div class="notice notice-good" role="status">
    <strong>${WORDS[action]}</strong>
    <p>By ${nameOf(post.author)}</p>
    ${reasons.map((reason) => html`<p>${inline(reason.message)}</p>`)}
  </div>`;
}
