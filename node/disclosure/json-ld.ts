/**
 * A discussion for search engines and archives: schema.org JSON-LD that says of each post who wrote it.
 *
 * It never carries a post's text: held or veiled words would leak through it.
 */
import type { ActorType, Terms } from "./terms.js";

/** A post as JSON-LD shows it. */
export type PostLd = {
  /** Its own address. */
  url: string;
  /** RFC 3339. */
  at: string;
  /** The name shown for its author. */
  author: string;
  actor: ActorType;
  terms: Terms | null;
};

/** Anything JSON can say. */
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

function posting({ url, at, author, actor, terms }: PostLd): { [key: string]: Json } {
  return {
    "@id": url,
    url,
    datePublished: at,
    author: { "@type": actor === "Person" ? "Person" : "SoftwareApplication", name: author },
    ...(terms ? { digitalSourceType: [...terms.digitalSourceType] } : {}),
  };
}

/**
 * A thread: its first post with the others as comments (https://schema.org/DiscussionForumPosting).
 *
 * @param headline the thread's title
 */
export function discussion(headline: string, first: PostLd, comments: readonly PostLd[]): Json {
  return {
    "@context": "https://schema.org",
    "@type": "DiscussionForumPosting",
    headline,
    ...posting(first),
    comment: comments.map((comment) => ({ "@type": "Comment", ...posting(comment) })),
  };
}

/** What could end a script element, or start a comment in one, as JSON escapes of the same characters. */
const ESCAPES: Record<string, string> = { "<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029" };

/**
 * A script element for a page's head. It is data: a browser never runs it, so a strict Content-Security-Policy lets it stand, and
 * no text in it can end it.
 */
export function jsonLdScript(value: Json): string {
  const json = JSON.stringify(value).replace(/[<>&\u2028\u2029]/gu, (mark) => ESCAPES[mark] ?? "");
  return `<script type="application/ld+json">${json}</script>`;
}
