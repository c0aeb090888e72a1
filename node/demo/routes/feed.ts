/**
 * The forum's Atom feed (RFC 4287): visible posts only, every text escaped.
 */
import { Hono } from "hono";
import { PEOPLE } from "../people.js";
import type { PostRow } from "../shapes.js";
import type { Demo } from "./context.js";

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

/** Escapes for XML 1.0 and drops what it cannot carry: control characters, non-characters and lone surrogates. */
export function xml(text: string): string {
  return text
    .replace(/[&<>"']/gu, (mark) => ESCAPES[mark] ?? mark)
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "");
}

const SHOWN = 30;

/** `/feed.atom`. */
export function feedRoutes({ forum }: Demo): Hono {
  return new Hono().get("/feed.atom", (context) => {
    const { origin } = new URL(context.req.url);
    const posts = forum.store.newest(SHOWN);
    const entry = (post: PostRow) => `
  <entry>
    <id>urn:uuid:${xml(post.id)}</id>
    <title>${xml(forum.store.thread(post.thread)?.title ?? "")}</title>
    <link href="${xml(`${origin}/t/${post.thread}`)}"/>
    <updated>${xml(post.at)}</updated>
    <author><name>${xml(PEOPLE.get(post.author)?.name ?? post.author)}${post.origin?.label === "agent" ? " (AI agent)" : ""}</name></author>
    <content type="text">${xml(post.flagged && !post.cleared ? "This post contains an instruction that changes access: read it in the forum." : post.body)}</content>
  </entry>`;
    const feed = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${xml(origin)}/feed.atom</id>
  <title>Engineering forum</title>
  <updated>${xml(posts[0]?.at ?? new Date(0).toISOString())}</updated>${posts.map(entry).join("")}
</feed>
`;
    return context.body(feed, 200, { "content-type": "application/atom+xml; charset=utf-8" });
  });
}
