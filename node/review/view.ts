/**
 * Records as moderators and owners see them.
 */

import { ProblemError } from "../api/problems.js";
import type { AuditEntry, Counts, PostDetail, PostFilter, PostPage, PostState, PostSummary } from "../api/schema.js";
import { PostState as States } from "../api/schema.js";
import { list as listAudit } from "../audit/chain.js";
import { exposureOf } from "../exposure/exposure.js";
import type { PostRow, Queries } from "../store/tables.js";
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
    contentHash: row.contentHash,
  };
}

const LET_THROUGH = ["labelled", "published", "flagged", "approved"];

type Count = { count: string | number | bigint } | undefined;
const number = (row: Count) => Number(row?.count ?? 0);

/** How often this author was let through, held and rejected. */
async function history(queries: Queries, author: string): Promise<PostDetail["history"]> {
  const posts = queries
    .selectFrom("posts")
    .select((select) => select.fn.countAll().as("count"))
    .where("authorId", "=", author);
  const passed = queries
    .selectFrom("audit as sent")
    .innerJoin("audit as done", "done.postId", "sent.postId")
    .select((select) => select.fn.count("done.seq").distinct().as("count"))
    .where("sent.actor", "=", author)
    .where("sent.action", "=", "submitted")
    .where("done.action", "in", LET_THROUGH);
  return {
    posted: number(await passed.executeTakeFirst()),
    held: number(await posts.where("action", "=", "hold").executeTakeFirst()),
    rejected: number(await posts.where("state", "=", "rejected").executeTakeFirst()),
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
    exposure: await exposureOf(queries, row.id),
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

const OPEN: PostState[] = ["held", "claimed"];

function statesOf(filter: PostFilter): readonly PostState[] {
  if (filter === "all") return States.options;
  return filter === "open" ? OPEN : [filter];
}

type Place = [severity: number, submittedAt: string, id: string];

const encode = ({ severity, submittedAt, id }: PostRow) => Buffer.from(JSON.stringify([severity, submittedAt, id])).toString("base64url");

function decode(cursor: string): Place {
  try {
    const place = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(place) && typeof place[0] === "number" && typeof place[1] === "string" && typeof place[2] === "string")
      return place as Place;
  } catch {
    // Falls through to the refusal.
  }
  throw new ProblemError("malformed-request", "`cursor` is not one this list handed out: start again without it");
}

/** How many posts stand where. */
export async function counts(queries: Queries): Promise<Counts> {
  const rows = await queries
    .selectFrom("posts")
    .select((select) => ["state" as const, select.fn.countAll().as("count")])
    .groupBy("state")
    .execute();
  const of = (...states: PostState[]) => rows.filter((row) => states.includes(row.state)).reduce((sum, row) => sum + Number(row.count), 0);
  return {
    open: of(...OPEN),
    escalated: 0,
    approved: of("approved"),
    rejected: of("rejected"),
    returned: of("returned"),
    blocked: of("blocked"),
    flagged: of("flagged"),
  };
}

/** One page of the queue: the most severe first, and of those the oldest. */
export async function page(queries: Queries, query: { state?: PostFilter; cursor?: string; limit?: number }): Promise<PostPage> {
  const limit = Math.min(Math.max(query.limit ?? 50, 1), 200);
  let select = queries
    .selectFrom("posts")
    .selectAll()
    .where("state", "in", statesOf(query.state ?? "open"));
  if (query.cursor !== undefined) {
    const [severity, submittedAt, id] = decode(query.cursor);
    select = select.where((where) =>
      where.or([
        where("severity", "<", severity),
        where.and([where("severity", "=", severity), where("submittedAt", ">", submittedAt)]),
        where.and([where("severity", "=", severity), where("submittedAt", "=", submittedAt), where("id", ">", id)]),
      ]),
    );
  }
  const rows = await select
    .orderBy("severity", "desc")
    .orderBy("submittedAt")
    .orderBy("id")
    .limit(limit + 1)
    .execute();
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items: rows.slice(0, limit).map(summary), next: last ? encode(last) : null, counts: await counts(queries) };
}
