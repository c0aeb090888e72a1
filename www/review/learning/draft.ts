// The exception a form is filled in with: from a post's finding, as narrow as the post says, or empty.
import type { AllowRequest, Finding, PostDetail } from "../api/types.js";

/** What the form holds. */
export type Draft = {
  by: "rule" | "fingerprint";
  rule: string;
  fingerprint: string;
  category: string;
  thread: string;
  author: string;
  reason: string;
  /** A day, `2026-12-31`. */
  expires: string;
  postId: string;
};

const DAY_MS = 86_400_000;
const day = (at: number) => new Date(at).toISOString().slice(0, 10);

/** Days an exception lasts unless somebody chooses otherwise. */
const USUAL_DAYS = 90;

/** The first and the last day an exception may end on. */
export const bounds = (now: number) => ({ min: day(now + DAY_MS), max: day(now + 365 * DAY_MS) });

/** An empty form. */
export const empty = (now: number): Draft => ({
  by: "rule",
  rule: "",
  fingerprint: "",
  category: "",
  thread: "",
  author: "",
  reason: "",
  expires: day(now + USUAL_DAYS * DAY_MS),
  postId: "",
});

/** The form for one finding of a post: its rule, for this author in this category. */
export function fromFinding(post: PostDetail, { rule, fingerprint }: Finding, now: number): Draft {
  const { id, category, author, thread } = post;
  const where = category === null ? { thread: thread.id } : { category };
  return { ...empty(now), rule, fingerprint, author: author.id, postId: id, ...where };
}

/** The request a filled-in form makes; the day counts to its end, UTC. */
export function requestOf(draft: Draft): AllowRequest {
  const { by, rule, fingerprint, reason, expires, postId } = draft;
  const named = (["category", "thread", "author"] as const).flatMap((key) => (draft[key].trim() ? [[key, draft[key].trim()]] : []));
  return {
    ...(by === "fingerprint" ? { fingerprint } : { rule: rule.trim() }),
    scope: Object.fromEntries(named),
    reason: reason.trim(),
    expires: `${expires}T23:59:59Z`,
    ...(postId ? { postId } : {}),
  };
}

/** What is missing before it can be sent, by the name of its field. */
export function missing({
  by,
  rule,
  fingerprint,
  category,
  thread,
  author,
  reason,
  expires,
}: Draft): "rule" | "scope" | "reason" | "expires" | null {
  if (!(by === "rule" ? rule : fingerprint).trim()) return "rule";
  if (![category, thread, author].some((each) => each.trim())) return "scope";
  if (!reason.trim()) return "reason";
  return expires ? null : "expires";
}
