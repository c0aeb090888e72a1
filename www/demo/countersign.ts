/**
 * Countersign in this forum: how its posts are read. This file is all a host's page needs.
 *
 * The module comes from the gate's own address, as it would in a forum that has no build step.
 */
import type { PostReading, start } from "../client/index.js";
import { shownPost } from "./parts/post.js";

const CLIENT = "/countersign/client/countersign-client.js";

function read(element: Element): PostReading | null {
  const post = shownPost(element);
  const bodyElement = element.querySelector(".post-body");
  const badgeElement = element.querySelector(".post-badge");
  if (!post || !bodyElement || !badgeElement) return null;
  return {
    id: post.id,
    body: post.body,
    bodyElement,
    badgeElement,
    author: { id: post.author, handle: post.author, kind: post.origin?.label === "agent" ? "agent" : "human" },
    cleared: post.cleared,
    ...(post.origin ? { origin: post.origin } : {}),
    ...(post.terms ? { disclosure: post.terms.disclosure } : {}),
  };
}

/** Loads the client and lets it label and veil this page's posts. */
export async function protectPosts(): Promise<void> {
  const client = (await import(/* @vite-ignore */ CLIENT)) as { start: typeof start };
  client.start({ selector: "article.post", read });
}
