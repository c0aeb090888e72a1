/**
 * The content hash a decision is bound to: the engine's own algorithm, for the posts the engine could not read. A test holds the
 * two together.
 */
import { createHash } from "node:crypto";
import type { Submission } from "countersign";

/** Name and text of every rendered field, in byte order of the names. */
function rendered(post: Submission["post"]): [string, string][] {
  const fields = { ...post.fields, body: post.body };
  return Object.entries(fields).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** `sha256-` and the SHA-256 of every rendered field as `name NUL length NUL text NUL`, lengths in UTF-8 bytes. */
export function contentHash(submission: Pick<Submission, "post">): string {
  const hash = createHash("sha256");
  for (const [name, text] of rendered(submission.post))
    hash
      .update(`${name}\0${Buffer.byteLength(text)}\0`)
      .update(text)
      .update("\0");
  return `sha256-${hash.digest("hex")}`;
}

/** The size of every rendered text together, in UTF-8 bytes. */
export function renderedBytes(submission: Pick<Submission, "post">): number {
  return rendered(submission.post).reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
}
