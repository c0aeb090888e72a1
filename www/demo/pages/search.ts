/**
 * Search over visible posts.
 */
import { html, nothing, type PropertyValues } from "lit";
import { api, type PostRow } from "../api.js";
import { PageElement } from "../element.js";
import { nameOf } from "../parts/post.js";
import { time } from "../parts/time.js";
import { Follow } from "../state.js";

const EXCERPT = 180;

/** `<demo-search words>` */
export class DemoSearch extends PageElement {
  static override properties = { words: {}, found: { state: true } };
  declare words: string;
  declare found: (PostRow & { title: string })[] | null;

  constructor() {
    super();
    Object.assign(this, { words: "", found: null });
    new Follow(this, () => void this.#load());
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("words")) void this.#load();
  }

  async #load(): Promise<void> {
    const { words } = this;
    const answer = await api.search(words);
    if (answer.ok && words === this.words) this.found = answer.value.posts;
  }

  protected override render() {
    const count = this.found?.length ?? 0;
    return html`<h1>Search</h1>
      <p class="soft" role="status">${this.found === null ? "Searching…" : `${count} ${count === 1 ? "post" : "posts"} with “${this.words}”`}</p>
      ${count === 0 ? nothing : html`<ul class="threads card">${this.found?.map(row)}</ul>`}`;
  }
}

function row(post: PostRow & { title: string }) {
  const veiled = post.flagged && !post.cleared;
  return html`<li>
    <div>
      <a href="/t/${post.thread}#post-${post.id}">${post.title}</a>
      <p class="soft">${nameOf(post.author)} · ${time(post.at)}</p>
      <p>${veiled ? "This post contains an instruction that changes access: read it in its thread." : post.body.slice(0, EXCERPT)}</p>
    </div>
  </li>`;
}
