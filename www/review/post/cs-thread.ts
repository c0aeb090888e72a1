// Where the post would appear, and who is waiting for it.
import { html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { since } from "../shell/clock.js";
import { held, inert } from "../shell/held.js";
import { DetailElement } from "./detail-element.js";
import { context, type ThreadPost } from "./thread.js";

/** `<cs-thread>` */
@customElement("cs-thread")
export class CsThread extends DetailElement {
  #post(post: ThreadPost, verb: "thread.asked" | "thread.wrote", waits: boolean) {
    const age = post.at ? html`<span class="soft">${since(post.at, this.state.settings.locale)}</span>` : nothing;
    return html`
      <li class="thread-post">
        <p>
          <strong>${held(post.handle ?? post.author)}</strong> ${this.t(verb)} ${age}
          ${waits ? html`<span class="badge waiting">${this.t("thread.waits")}</span>` : nothing}
        </p>
        <blockquote class="held" dir="auto">${inert(post.body)}</blockquote>
      </li>
    `;
  }

  protected override render() {
    if (this.detail.erasedAt !== null) return nothing;
    const { question, answered, waiting, posts } = context(this.detail.submission);
    const open = this.detail.decision === null;
    const shown = [question, answered].filter((post) => post !== null);
    const waits = (post: ThreadPost) => open && post.author === waiting && post === shown.at(-1);
    return html`
      <section aria-labelledby="thread-title">
        <h3 id="thread-title">${this.t("thread.title")}</h3>
        ${shown.length ? nothing : html`<p class="soft">${this.t("thread.opens")}</p>`}
        <ol class="thread">${shown.map((post) => this.#post(post, post === question ? "thread.asked" : "thread.wrote", waits(post)))}</ol>
        ${
          posts.length > shown.length
            ? html`<details>
                <summary>${this.t("thread.more", { count: posts.length })}</summary>
                <ol class="thread">${posts.map((post) => this.#post(post, "thread.wrote", false))}</ol>
              </details>`
            : nothing
        }
      </section>
    `;
  }
}
