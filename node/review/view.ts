/**
 * Records as moderators and owners see them.
 */
import { ProblemError } from "../api/problems.js";
import type { AuditEntry, PostDetail, PostSummary } from "../api/schema.js";
import { list as listAudit } from "../audit/chain.js";
import { exposureOf } from "../exposure/exposure.js";
import type { PostRow, Queries } from "../store/tables.js";
import { history } from "../store/totals.js";
import { approvals } from "./approvals.js";
import { asOf } from "./claims.js";
import { undoable } from "./undo.js";

const SEVERITIES = ["low", "medium", "high", "critical"] as const;

/** A record as the queue lists it at `now`. */
export function summary(stored: PostRow, now: Date): PostSummary {
  const row = asOf(stored, now);
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
    contentHash: row.contentHash,
  };
}

/** The whole log of one post. */
export function trail(queries: Queries, id: string): Promise<AuditEntry[]> {
  return listAudit(queries, { postId: id });
}

/** The most earlier texts that are shown. */
const MOST_VERSIONS = 50;

/** What a post said before, the newest first. */
async function versions(queries: Queries, id: string): Promise<PostDetail["versions"]> {
  const select = queries.selectFrom("versions").select(["version", "contentHash", "replacedAt", "submission"]).where("postId", "=", id);
  const rows = await select.orderBy("version", "desc").limit(MOST_VERSIONS).execute();
  return rows.map((row) => ({ ...row, submission: JSON.parse(row.submission) }));
}

function escalation({ escalatedBy: by, escalation: said }: PostRow): Pick<PostDetail, "escalation"> {
  return by === null || said === null ? {} : { escalation: { by, ...JSON.parse(said) } };
}

/** A record with everything needed to decide at `now`. */
export async function detail(queries: Queries, row: PostRow, now: Date): Promise<PostDetail> {
  const standing = await approvals(queries, row);
  return {
    ...summary(row, now),
    submission: JSON.parse(row.submission),
    verdict: row.verdict === null ? null : JSON.parse(row.verdict),
    undecided: row.undecided,
    notes: JSON.parse(row.notes),
    operator: row.operator,
    decision: row.decision === null ? null : JSON.parse(row.decision),
    receipt: row.receipt,
    audit: await trail(queries, row.id),
    history: await history(queries, row.authorId),
    versions: await versions(queries, row.id),
    exposure: await exposureOf(queries, row.id),
    undo: undoable(row, now),
    erasedAt: row.erasedAt,
    ...escalation(row),
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
