/**
 * What happened around one post, in time: from the log, the record, its earlier texts and who saw it.
 */
import type { Submission, Verdict } from "countersign";
import type { AuditEntry, IncidentReport } from "../api/schema.js";
import { list } from "../audit/chain.js";
import type { PostRow, Queries } from "../store/tables.js";

type Entry = IncidentReport["timeline"][number];

/** Log entries of one post that a report names; more than any post that was not attacked has. */
const MOST_ENTRIES = 2_000;

/** What the log repeats in every entry and a report does not need. */
const NOISE = new Set(["author", "version"]);

function logged({ at, actor, action, detail }: AuditEntry): Entry {
  return { at, who: actor, what: action, detail: Object.fromEntries(Object.entries(detail).filter(([key]) => !NOISE.has(key))) };
}

/** The question, where the thread has the post that asked. */
function asked(submission: Submission, verdict: Verdict | undefined): Entry[] {
  const { request } = verdict ?? {};
  const post = submission.thread?.posts?.find(({ id }) => id === request?.post);
  if (request?.status !== "requested" || !post?.at) return [];
  return [{ at: post.at, who: post.author, what: "asked", detail: { post: post.id, via: request.via ?? null } }];
}

/** When it was written, where the host says, and that is not when it was handed in. */
function written({ post }: Submission): Entry[] {
  if (post.at === undefined) return [];
  return [{ at: post.at, who: post.author.id, what: "written", detail: { onBehalfOf: post.onBehalfOf ?? null } }];
}

async function replaced(queries: Queries, id: string): Promise<Entry[]> {
  const rows = await queries.selectFrom("versions").select(["version", "contentHash", "replacedAt"]).where("postId", "=", id).execute();
  return rows.map(({ version, contentHash, replacedAt }) => ({
    at: replacedAt,
    who: "author",
    what: "replaced",
    detail: { version, contentHash },
  }));
}

/** Readers by moment, not by name: how many, from when to when. */
async function seen(queries: Queries, id: string): Promise<Entry[]> {
  const row = await queries
    .selectFrom("exposures")
    .select((eb) => [
      eb.fn.countAll().as("people"),
      eb.fn.min("seenAt").as("first"),
      eb.fn.max("seenAt").as("last"),
      eb.fn.count("acknowledgedAt").as("acknowledged"),
      eb.fn.min("acknowledgedAt").as("lifted"),
    ])
    .where("postId", "=", id)
    .executeTakeFirst();
  const people = Number(row?.people ?? 0);
  if (row === undefined || people === 0) return [];
  const entries: Entry[] = [{ at: String(row.first), who: "readers", what: "first-seen", detail: { people, last: row.last } }];
  if (row.lifted !== null)
    entries.push({ at: String(row.lifted), who: "readers", what: "first-acknowledged", detail: { people: Number(row.acknowledged) } });
  return entries;
}

/** Everything that happened, oldest first; what happened at the same moment as it was logged. */
export async function timeline(queries: Queries, row: PostRow): Promise<Entry[]> {
  const submission = JSON.parse(row.submission) as Submission;
  const verdict = row.verdict === null ? undefined : (JSON.parse(row.verdict) as Verdict);
  const log = await list(queries, { postId: row.id, limit: MOST_ENTRIES });
  const around = [
    ...asked(submission, verdict),
    ...written(submission),
    ...(await replaced(queries, row.id)),
    ...(await seen(queries, row.id)),
  ];
  const entries = [...around, ...log.map(logged)].map((entry) => ({ ...entry, at: utc(entry.at) }));
  return entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** A moment in UTC, so that it sorts; itself when it is none. */
function utc(at: string): string {
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? at : new Date(ms).toISOString();
}
