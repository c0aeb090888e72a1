/**
 * Makes a judgement durable: the record, the grant it uses up and the audit entries, in one transaction. Only then does the host
 * hear of it.
 */
import { randomUUID } from "node:crypto";
import type { Grant } from "countersign";
import { append, type Event } from "../audit/chain.js";
import * as grants from "../grants/grants.js";
import { enqueue } from "../outbox/entry.js";
import type { PostRow, Queries } from "../store/tables.js";
import { Overtaken, writePost } from "../store/write.js";
import type { Judged } from "./judge.js";
import { keep } from "./keep.js";
import { remember } from "./pace.js";
import { type Kept, record, STATE_OF } from "./record.js";

/** How to settle a judgement. */
export type Settlement = {
  judged: Judged;
  operator: string | null;
  /** RFC 3339. */
  at: string;
  /** The grant that made it a requested post; it is used up. */
  grant?: Grant;
  /** The draft this publishes, and whose it is; when it passes it goes to the host through the outbox. */
  draft?: { id: string; owner: string };
  /** The agent a passing post is counted for. */
  agent?: string;
};

/** What was settled: the record's id, or that the grant was used by another post first. */
export type Settled = { postId: string; repeated: boolean } | { grantGone: true };

const UNDECIDED = ["held", "claimed", "blocked", "returned"] as const;

/** How often a record that somebody else is changing at the same time is read again. */
const MOST_TRIES = 5;

/** Thrown to roll the transaction back. */
class GrantGone extends Error {}

/**
 * The open record this submission repeats (same author, thread, content), or whose content it edits. An edit of a flagged post is
 * not its record: the old text is still published, and still flagged.
 */
async function openRecord(queries: Queries, { judged, draft }: Settlement): Promise<PostRow | undefined> {
  if (draft !== undefined) return queries.selectFrom("posts").selectAll().where("id", "=", draft.id).executeTakeFirst();
  const { post, thread } = judged.submission;
  const open = queries
    .selectFrom("posts")
    .selectAll()
    .where("authorId", "=", post.author.id)
    .where("threadId", "=", post.thread ?? thread?.id ?? "")
    .orderBy("submittedAt", "desc");
  const same = await open
    .where("contentHash", "=", judged.contentHash)
    .where("state", "in", [...UNDECIDED, "flagged"])
    .executeTakeFirst();
  if (same !== undefined || post.revises === undefined) return same;
  return open.where("contentHash", "=", post.revises).where("state", "in", UNDECIDED).executeTakeFirst();
}

/** Whether the record already says what this judgement says. */
function says(row: PostRow, { judged }: Settlement): boolean {
  if (row.contentHash !== judged.contentHash) return false;
  const state = row.state === "claimed" ? "held" : row.state;
  return judged.action in STATE_OF && STATE_OF[judged.action as Kept] === state;
}

/** A record whose content now passes is closed; a post that never had one gets an id for its audit entries. */
async function letPass(queries: Queries, settlement: Settlement, row: PostRow | undefined) {
  if (row === undefined) return { id: settlement.judged.submission.post.id ?? randomUUID() };
  const state = row.contentHash === settlement.judged.contentHash ? ("published" as const) : ("withdrawn" as const);
  const by = settlement.draft?.owner ?? row.authorId;
  const decision = JSON.stringify({ by, at: settlement.at, comment: null, state });
  const version = await writePost(queries, row, { state, decision, decidedAt: settlement.at, undo: null });
  return { id: row.id, version, state };
}

const DONE = { publish: "published", label: "labelled", flag: "flagged", hold: "held", block: "blocked" } as const;

function events(settlement: Settlement, kept: { id: string; version?: number; state?: string }): Event[] {
  const { judged, at, grant } = settlement;
  const { verdict, undecided, contentHash, submission } = judged;
  const event = (actor: string, action: string, detail: Record<string, unknown>): Event => ({ at, actor, action, postId: kept.id, detail });
  const author = submission.post.author.id;
  const list = [event(author, "submitted", { contentHash, ...(submission.post.revises ? { revises: submission.post.revises } : {}) })];
  if (grant) list.push(event(grant.by, "grant-used", { grant: grant.id }));
  const rules = [...new Set(verdict?.findings.map((finding) => finding.rule))];
  const detail = { state: kept.state, version: kept.version, undecided, rules, reasons: verdict?.reasons.map((reason) => reason.code) };
  list.push(event("countersign", DONE[judged.action], JSON.parse(JSON.stringify({ ...detail, author, request: verdict?.request.status }))));
  return list;
}

async function drafted(queries: Queries, settlement: Settlement, postId: string): Promise<Event[]> {
  if (settlement.judged.action !== "block") return [];
  const row = await queries.selectFrom("posts").select("owner").where("id", "=", postId).executeTakeFirst();
  return [{ at: settlement.at, actor: "countersign", action: "drafted", postId, detail: { owner: row?.owner ?? "moderators" } }];
}

async function release(queries: Queries, settlement: Settlement, postId: string) {
  const { judged, draft, at } = settlement;
  if (draft === undefined || judged.action === "hold" || judged.action === "block") return;
  const { submission, verdict = null, contentHash, action } = judged;
  const payload = { id: postId, submission, verdict, contentHash, action, by: draft.owner, receipt: null };
  await enqueue(queries, [{ postId, kind: "publish", payload }], at);
}

/** A human's post without anything to say about it leaves no trace here: the forum itself is its record. */
function unremarkable({ judged, grant, draft }: Settlement, row: PostRow | undefined): boolean {
  return judged.action === "publish" && judged.undecided === undefined && !grant && !draft && row === undefined;
}

async function work(queries: Queries, settlement: Settlement): Promise<Settled> {
  const row = await openRecord(queries, settlement);
  if (row !== undefined && says(row, settlement)) return { postId: row.id, repeated: true };
  const { judged, grant, operator, at } = settlement;
  if (unremarkable(settlement, row)) return { postId: judged.submission.post.id ?? randomUUID(), repeated: false };
  if (grant && !(await grants.use(queries, grant.id))) throw new GrantGone();
  const { action } = judged;
  const kept =
    action === "publish" || action === "label"
      ? await letPass(queries, settlement, row)
      : await keep(queries, record(judged, action, operator, at), row);
  if (settlement.agent !== undefined && action !== "hold" && action !== "block") await remember(queries, settlement.agent, settlement.at);
  await append(queries, [...events(settlement, kept), ...(await drafted(queries, settlement, kept.id))]);
  await release(queries, settlement, kept.id);
  return { postId: kept.id, repeated: false };
}

/**
 * Settles a judgement in `queries`' own transaction.
 *
 * A post already held, blocked or flagged with the same author, thread and content is not kept twice: its id is answered again.
 */
export async function settle(
  transaction: (run: (queries: Queries) => Promise<Settled>) => Promise<Settled>,
  settlement: Settlement,
): Promise<Settled> {
  for (let tries = 1; ; tries++) {
    try {
      return await transaction((queries) => work(queries, settlement));
    } catch (error) {
      if (error instanceof GrantGone) return { grantGone: true };
      if (!(error instanceof Overtaken) || tries === MOST_TRIES) throw error;
    }
  }
}
