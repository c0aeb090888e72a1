/**
 * Records put into a store directly, for tests of what reads many of them.
 */
import type { Queries } from "../store/tables.js";

let made = 0;

/** A record with the columns of an undecided post, and whatever is to be different. */
export function postRow(over: Record<string, unknown> = {}) {
  const id = String(over.id ?? `post-${made++}`);
  const submission = { post: { body: "text", author: { id: "helper", kind: "agent" } }, now: "2026-01-01T00:00:00.000Z" };
  return {
    version: 1,
    state: "held" as const,
    action: "hold" as const,
    severity: 3,
    title: "opens a folder to everyone",
    excerpt: "chmod",
    authorId: "helper",
    authorHandle: "helper",
    authorKind: "agent" as const,
    agent: "helper",
    onBehalfOf: null,
    operator: null,
    asker: null,
    owner: null,
    threadId: "t1",
    threadTitle: null,
    category: null,
    submittedAt: "2026-11-01T00:00:00.000Z",
    writtenAt: null,
    decidedAt: null,
    claimedBy: null,
    claimedUntil: null,
    escalatedBy: null,
    undo: null,
    erasedAt: null,
    rules: '["shell/chmod"]',
    submission: JSON.stringify(submission),
    verdict: null,
    undecided: null,
    notes: "[]",
    contentHash: `sha256-${id}`,
    revises: null,
    decision: null,
    receipt: null,
    ...over,
    id,
  };
}

/** Puts records into a store. */
export async function putPosts(queries: Queries, rows: readonly ReturnType<typeof postRow>[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 200)
    await queries
      .insertInto("posts")
      .values(rows.slice(from, from + 200))
      .execute();
}
