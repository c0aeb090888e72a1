/**
 * What a host page tells the client about its posts: where they are, what they say and where a label goes.
 */
import type { AuthorKind, Disclosure, Origin, Submission } from "countersign";

/** One post as the page shows it. */
export interface PostReading {
  /** The host's id of the post. */
  id: string;
  /** The source the body was rendered from; `bodyElement.textContent` when the page no longer has it. */
  body: string;
  /** Holds the rendered body: the only place where text is veiled. */
  bodyElement: Element;
  /** Where the label is appended. */
  badgeElement: Element;
  /** Who posted it, as far as the page knows. */
  author: { id: string; handle?: string; kind?: AuthorKind };
  /** The origin the server decided on; it wins over the client's own, which knows less. */
  origin?: Origin;
  /** The `data-ai-disclosure` value the server decided on; left out, it follows from the origin. */
  disclosure?: Disclosure;
  /** True when a moderator has approved exactly this content: nothing is veiled. */
  cleared?: boolean;
  /** More of the submission than the fields above, such as the thread. */
  submission?: Partial<Submission>;
}

/** How to find and read posts in a page. */
export interface Adapter {
  /** A CSS selector that matches each post's element. */
  selector: string;
  /** Reads one; null for an element that is not (yet) a post. Called again after each change inside it. */
  read: (element: Element) => PostReading | null;
}

/** What the engine is asked about a post the page shows. */
export function submissionOf(reading: PostReading, now: Date): Submission {
  const { post, ...rest } = reading.submission ?? {};
  return { now: now.toISOString(), ...rest, post: { ...post, id: reading.id, body: reading.body, author: reading.author } };
}
