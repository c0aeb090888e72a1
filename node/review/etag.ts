/**
 * Entity tags of a post: its version, which decisions are bound to, and a digest of the answer, because a claim that ends or a
 * delivery changes what there is to see without making another version.
 */
import { createHash } from "node:crypto";
import { ProblemError } from "../api/problems.js";
import type { PostDetail } from "../api/schema.js";

/** The `ETag` of a post as it is answered. */
export function etagOf(post: PostDetail): string {
  const digest = createHash("sha256").update(JSON.stringify(post)).digest("base64url").slice(0, 16);
  return `"${post.version}.${digest}"`;
}

/** Whether `If-None-Match` names `tag`. */
export function unchanged(header: string | undefined, tag: string): boolean {
  const named = (header ?? "").split(",").map((entry) => entry.trim().replace(/^W\//, ""));
  return named.includes(tag) || named.includes("*");
}

/**
 * The version `If-Match` names: as an `ETag` gave it, or alone in quotes.
 *
 * @throws ProblemError `precondition-required` when it names none
 */
export function versionOf(header: string | undefined): number {
  const match = /^"(\d{1,15})(?:\.[\w-]{16})?"$/.exec(header ?? "");
  if (match) return Number(match[1]);
  throw new ProblemError(
    "precondition-required",
    'send `If-Match: "<version>"` with the version you looked at, or the `ETag` it came with',
  );
}
