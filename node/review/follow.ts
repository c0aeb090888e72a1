/**
 * What follows from a decision, as rows of the outbox: something to publish or to take down, and a word to the people concerned.
 */
import type { Submission, Verdict } from "countersign";
import type { ApprovedPost, Notice, WithdrawnPost } from "../api/host.js";
import type { PostState } from "../api/schema.js";
import type { Entry } from "../outbox/entry.js";
import type { PostRow } from "../store/tables.js";
import type { Redaction } from "./redact.js";

/** A decision that has been made. */
export type Made = { state: PostState; by: string; comment: string | null; receipt: string | null; redaction?: Redaction | undefined };

const verdictOf = (row: PostRow): Verdict | null => (row.verdict === null ? null : JSON.parse(row.verdict));
const submissionOf = (row: PostRow): Submission => JSON.parse(row.submission);

/** How an approved post is published: its label stays, its finding no longer veils it. */
function label(row: PostRow): "publish" | "label" {
  const origin = verdictOf(row)?.origin;
  const said = origin !== undefined && (origin.basis === "verified" || origin.basis === "declared") && origin.label !== "human";
  return said || row.authorKind === "agent" || row.authorKind === "service" ? "label" : "publish";
}

function approved(row: PostRow, { by, receipt, redaction }: Made): ApprovedPost {
  const { submission, verdict, contentHash } = redaction ?? {
    submission: submissionOf(row),
    verdict: verdictOf(row),
    contentHash: row.contentHash,
  };
  return { id: row.id, submission, verdict, contentHash, action: label(row), by, receipt };
}

function takeDown(row: PostRow, { by, receipt }: Made, hostTakesDown: boolean): Entry {
  const { id, contentHash } = row;
  const post: WithdrawnPost = { id, submission: submissionOf(row), contentHash, by, receipt };
  if (hostTakesDown) return { postId: id, kind: "withdraw", payload: post };
  const message = "a published post was rejected, and this forum does not take posts down by itself: take it down";
  return { postId: id, kind: "notice", payload: { to: null, kind: "withdraw", postId: id, message } };
}

const MESSAGES: Partial<Record<PostState, string>> = {
  approved: "a moderator approved the post",
  rejected: "a moderator rejected the post",
  returned: "a moderator returned the post as a draft",
  expired: "nobody decided on the post in time, so it was not published",
};

const REDACTED = "a moderator published the post without some parts of it";

/** A word to the author or its owner, and to whoever asked. Never the held text. */
export function notices(row: PostRow, { state, comment, redaction }: Pick<Made, "state" | "comment" | "redaction">): Entry[] {
  const message = redaction === undefined ? MESSAGES[state] : REDACTED;
  if (message === undefined) return [];
  const people = new Set([row.owner ?? row.authorId, row.asker].filter((id) => id !== null));
  const said = comment ? `${message}: ${comment}` : message;
  const kind = state as Notice["kind"];
  return [...people].map((to) => ({ postId: row.id, kind: "notice", payload: { to, kind, postId: row.id, message: said } }));
}

/** A word to the moderators, the leads among them, that a post waits for a lead. */
export function escalationNotice(row: PostRow, comment: string): Entry {
  const message = `a post waits for a lead: ${comment}`;
  return { postId: row.id, kind: "notice", payload: { to: null, kind: "escalated", postId: row.id, message } };
}

/**
 * Everything that follows from a decision on `row`.
 *
 * @param row the post before the decision
 * @param hostTakesDown whether the host can take a published post down
 */
export function following(row: PostRow, made: Made, hostTakesDown: boolean): Entry[] {
  const flagged = row.state === "flagged";
  const acts: Entry[] = [];
  // A flagged post is published already: its approval clears the veil and publishes nothing.
  if (made.state === "approved" && !flagged) acts.push({ postId: row.id, kind: "publish", payload: approved(row, made) });
  if (made.state === "rejected" && flagged) acts.push(takeDown(row, made, hostTakesDown));
  return [...acts, ...notices(row, made)];
}
