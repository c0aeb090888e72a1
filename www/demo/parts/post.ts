/**
 * One post, as text nodes. The label and the veil are Countersign's and come on top.
 */
import { html } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { ref as mark } from "lit/directives/ref.js";
import type { PostRow } from "../api.js";
import { forum } from "../state.js";
import { type Block, blocksOf, type Run, runsOf } from "./blocks.js";
import { time } from "./time.js";

const shown = new WeakMap<Element, PostRow>();

/** The post an `article.post` shows. */
export function shownPost(element: Element): PostRow | undefined {
  return shown.get(element);
}

function run({ kind, text }: Run) {
  if (kind === "code") return html`<code>${text}</code>`;
  if (kind === "strong") return html`<strong>${text}</strong>`;
  return kind === "mention" ? html`<span class="mention">${text}</span>` : text;
}

function block(one: Block) {
  return one.kind === "code" ? html`<pre tabindex="0"><code>${one.text}</code></pre>` : html`<p>${one.runs.map(run)}</p>`;
}

/** A sentence with inline code. */
export function inline(text: string) {
  return runsOf(text).map(run);
}

/** A post's text. */
export function body(text: string) {
  return blocksOf(text).map(block);
}

/** The round mark beside a name. */
export function avatar(id: string) {
  return html`<span class="avatar avatar-${id}" aria-hidden="true">${id.slice(0, 1).toUpperCase()}</span>`;
}

/** The name an account shows. */
export function nameOf(id: string): string {
  return forum.people.find((person) => person.id === id)?.name ?? id;
}

/** Remembers what `article` shows before the client is told of it. */
function remember(post: PostRow) {
  return (element: Element | undefined) => {
    const article = element?.closest("article");
    if (article) shown.set(article, post);
  };
}

/** One post; a changed text makes a new body element, so that nothing of an old veil remains. */
export function postView(post: PostRow) {
  const about = forum.people.find((person) => person.id === post.author)?.about ?? "";
  return html`<article class="post" id="post-${post.id}" aria-label="Post by ${nameOf(post.author)}">
    <header ${mark(remember(post))}>
      ${avatar(post.author)}
      <span class="post-who"><strong>${nameOf(post.author)}</strong> <span class="soft">${about}</span></span>
      <span class="post-badge"></span>
      <span class="post-time soft">${time(post.at)}</span>
    </header>
    ${keyed(post.body, html`<div class="post-body">${body(post.body)}</div>`)}
  </article>`;
}
