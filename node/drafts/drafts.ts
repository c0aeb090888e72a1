/**
 * Private drafts: what an agent wrote and nobody asked for, kept for the human it wrote for. Only they see it here, and only they
 * can publish it, which makes them the one who asked.
 */
import { ProblemError } from "../api/problems.js";
import type { PostDetail, PostSummary } from "../api/schema.js";
import { append } from "../audit/chain.js";
import type { Context } from "../context.js";
import { detail, find, summary } from "../review/view.js";
import type { PostRow, Queries } from "../store/tables.js";

const DRAFT = ["blocked", "returned"] as const;

/** Someone's drafts, newest first. */
export async function list(queries: Queries, owner: string): Promise<PostSummary[]> {
  const select = queries.selectFrom("posts").selectAll().where("owner", "=", owner).where("state", "in", DRAFT);
  return (await select.orderBy("submittedAt", "desc").orderBy("id").execute()).map(summary);
}

/**
 * The record of someone's own draft. Another's draft is answered like one that does not exist.
 *
 * @throws ProblemError `not-found`
 */
export async function own(queries: Queries, id: string, owner: string): Promise<PostRow> {
  const row = await find(queries, id);
  if (row.owner === owner && DRAFT.some((state) => state === row.state)) return row;
  throw new ProblemError("not-found", "you have no draft with this id: it may have been published or discarded already");
}

/** One of someone's drafts. */
export async function get(queries: Queries, id: string, owner: string): Promise<PostDetail> {
  return detail(queries, await own(queries, id, owner));
}

/** Throws a draft away; its record stays for the audit. */
export async function discard(context: Context, id: string, owner: string): Promise<void> {
  const at = context.now().toISOString();
  await context.db.transaction().execute(async (queries) => {
    const row = await own(queries, id, owner);
    const version = row.version + 1;
    const decision = JSON.stringify({ by: owner, at, comment: null, state: "withdrawn" });
    await queries.updateTable("posts").set({ state: "withdrawn", version, decision }).where("id", "=", id).execute();
    await append(queries, [{ at, actor: owner, action: "withdrawn", postId: id, detail: { state: "withdrawn", version } }]);
  });
  context.changed.ring();
}
