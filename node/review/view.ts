/**
 * Records as moderators and owners see them.
 */

import { ProblemError } from "../api/problems.js";
import type { AuditEntry, PostDetail, PostFilter, PostPage, PostSummary } from "../api/schema.js";
import { list as listAudit } from "../audit/chain.js";
import { queuePage } from "../store/queue.js";
import type { PostRow, Queries } from "../store/tables.js";
import { counts, history } from "../store/totals.js";
import { approvals } from "./approvals.js";

const SEVERITIES = ["low", "medium", "high", "critical"] as const;

/** A record as the queue lists it. */
export function summary(row: PostRow): PostSummary {
  const { id, version, state, action, title, excerpt, agent, onBehalfOf, asker, category, submittedAt, decidedAt } = row;
  const { claimedBy, claimedUntil, escalatedBy } = row;
  return {
    id,
    version,
    state,
    action,
    severity: SEVERITIES[row.severity - 1] ?? null,
    title,
    excerpt,
    author: { id: row.authorId, handle: row.authorHandle, kind: row.authorKind },
    agent,
    onBehalfOf,
    asker,
    thread: { id: row.threadId, title: row.threadTitle },
    category,
    submittedAt,
    decidedAt,
    claimedBy,
    claimedUntil,
    escalatedBy,
    rules: JSON.parse(row.rules),
  };
}

/** The whole log of one post. */
export function trail(queries: Queries, id: string): Promise<AuditEntry[]> {
  return listAudit(queries, { postId: id });
}

/** A record with everything needed to decide. */
export async function detail(queries: Queries, row: PostRow): Promise<PostDetail> {
  const audit = await trail(queries, row.id);
  const standing = approvals(row, audit);
  return {
    ...summary(row),
    submission: JSON.parse(row.submission),
    verdict: row.verdict === null ? null : JSON.parse(row.verdict),
    undecided: row.undecided,
    notes: JSON.parse(row.notes),
    contentHash: row.contentHash,
    operator: row.operator,
    decision: row.decision === null ? null : JSON.parse(row.decision),
    receipt: row.receipt,
    audit,
    history: await history(queries, row.authorId),
    versions: [],
    exposure: { seen: 0, acknowledged: 0 },
    undo: null,
    erasedAt: row.erasedAt,
    ...(standing ? { approvals: standing } : {}),
  };
}

/**
 * The record of an id.
 *
 * @throws ProblemError `not-found`
 */
export async function find(queries: Queries, id: string): Promise<PostRow> {
  const row = await queries.selectFrom("posts").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) throw new ProblemError("not-found", "no post has this id: go back to the queue and reload it");
  return row;
}

/** One page of the queue: the most severe first, and of those the oldest. */
export async function page(queries: Queries, query: { state?: PostFilter; cursor?: string; limit?: number }, now: Date): Promise<PostPage> {
  const limit = Math.min(Math.max(query.limit ?? 50, 1), 200);
  const { rows, next } = await queuePage(queries, query, query.cursor, limit, now, "");
  return { items: rows.map(summary), next, counts: await counts(queries) };
}
