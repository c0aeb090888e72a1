/**
 * Grants: signed, scoped, expiring permissions for one agent to publish once. The signature tells that this gate issued it, the
 * table tells how often it may still be used; it is used up in the very transaction that settles the post.
 */
import { randomUUID } from "node:crypto";
import type { Grant, Submission } from "countersign";
import { errors } from "jose";
import type { GrantRequest } from "../api/host.js";
import { ProblemError } from "../api/problems.js";
import { append } from "../audit/chain.js";
import type { Context } from "../context.js";
import { agentOf } from "../gate/record.js";
import type { GrantTable, PostRow, Queries } from "../store/tables.js";
import { CLOCK_TOLERANCE_SECONDS } from "./signer.js";

const HOUR_MS = 3_600_000;
const DEFAULT_MS = 24 * HOUR_MS;
const LONGEST_MS = 30 * 24 * HOUR_MS;

const seconds = (time: string) => Math.floor(Date.parse(time) / 1000);

function drawUp(request: GrantRequest, now: Date): Grant {
  const { by, agent, thread, action = "reply", onBehalfOf, contentHash, expiresInMs = DEFAULT_MS } = request;
  if (by === agent) throw new ProblemError("conflict-of-interest", "an agent cannot grant itself a post: a human has to give the grant");
  if (!(expiresInMs > 0 && expiresInMs <= LONGEST_MS))
    throw new ProblemError("malformed-request", "`expiresInMs` must be between 1 and 30 days in milliseconds");
  const grant = {
    id: randomUUID(),
    agent,
    by,
    thread,
    action,
    uses: 1,
    notBefore: now.toISOString(),
    expires: new Date(now.getTime() + expiresInMs).toISOString(),
  };
  return { ...grant, ...(onBehalfOf === undefined ? {} : { onBehalfOf }), ...(contentHash === undefined ? {} : { contentHash }) };
}

/**
 * Issues a grant.
 *
 * @returns the token the agent hands in, and the grant it stands for
 * @throws ProblemError when an agent would grant itself, or the time is out of bounds
 */
export async function issue(
  context: Context,
  request: GrantRequest,
  postId: string | null = null,
): Promise<{ token: string; grant: Grant }> {
  const grant = drawUp(request, context.now());
  const { id, agent, by, thread, action, notBefore, expires, onBehalfOf, contentHash } = grant;
  await context.db.transaction().execute(async (queries) => {
    const row = { id, agent, by, thread, action, notBefore, expires, usesLeft: 1, revokedAt: null };
    await queries
      .insertInto("grants")
      .values({ ...row, onBehalfOf: onBehalfOf ?? null, contentHash: contentHash ?? null })
      .execute();
    await append(queries, [{ at: notBefore, actor: by, action: "granted", postId, detail: { grant: id, agent, thread, expires } }]);
  });
  context.changed.ring();
  const claims = { jti: id, sub: agent, by, thread, act: action, nbf: seconds(notBefore), exp: seconds(expires), onBehalfOf, contentHash };
  return { token: await context.signer.sign("grant", JSON.parse(JSON.stringify(claims))), grant };
}

/** The token of a grant by a draft's owner for exactly its text. */
export async function forDraft(context: Context, row: PostRow, owner: string): Promise<string> {
  const { threadId: thread, contentHash } = row;
  const agent = agentOf(JSON.parse(row.submission));
  const action = thread === "" ? "topic" : "reply";
  return (await issue(context, { by: owner, agent, thread, contentHash, action }, row.id)).token;
}

/** Revokes a grant; one that is already used up or unknown stays as it is. */
export async function revoke(context: Context, id: string, by: string): Promise<void> {
  const at = context.now().toISOString();
  await context.db.transaction().execute(async (queries) => {
    const changed = await queries
      .updateTable("grants")
      .set({ revokedAt: at })
      .where("id", "=", id)
      .where("revokedAt", "is", null)
      .executeTakeFirst();
    if (changed.numUpdatedRows > 0n)
      await append(queries, [{ at, actor: by, action: "grant-revoked", postId: null, detail: { grant: id } }]);
  });
  context.changed.ring();
}

/** Signs with a new key from now on; what the former ones signed counts until it expires. */
export async function rotateKey(context: Context, by: string): Promise<string> {
  const key = await context.signer.rotate();
  const at = context.now().toISOString();
  await context.db
    .transaction()
    .execute((queries) => append(queries, [{ at, actor: by, action: "key-rotated", postId: null, detail: { key } }]));
  context.changed.ring();
  return key;
}

/** Why `grant` is not for this post; undefined when it is. */
function mismatch(grant: GrantTable, submission: Submission, contentHash: string): string | undefined {
  const { post, thread } = submission;
  if (![post.author.id, post.client?.verifiedAgent].includes(grant.agent)) return "it is for another agent";
  if (grant.thread !== (post.thread ?? thread?.id ?? "")) return "it is for another thread";
  if (grant.onBehalfOf !== null && grant.onBehalfOf !== post.onBehalfOf) return "it was given to act for someone else";
  if (grant.contentHash !== null && grant.contentHash !== contentHash) return "it is for another text";
  if (grant.revokedAt !== null) return "it was revoked";
  return grant.usesLeft > 0 ? undefined : "it is used up";
}

/** A grant as the engine is told of it; it began a little earlier for clocks that differ. */
function told({ usesLeft: _left, revokedAt: _revoked, onBehalfOf, contentHash, notBefore, ...row }: GrantTable): Grant {
  const begins = new Date(Date.parse(notBefore) - CLOCK_TOLERANCE_SECONDS * 1000).toISOString();
  return {
    ...row,
    uses: 1,
    notBefore: begins,
    ...(onBehalfOf === null ? {} : { onBehalfOf }),
    ...(contentHash === null ? {} : { contentHash }),
  };
}

/**
 * Reads a token against the post it came with. The signature says that this gate gave it; what it allows is what was written
 * down when it was given, so that not even a stolen key makes a grant wider.
 *
 * @returns the grant, or why it does not count here. Tolerates clocks that differ by {@link CLOCK_TOLERANCE_SECONDS} seconds.
 */
export async function read(
  context: Context,
  token: string,
  submission: Submission,
  contentHash: string,
): Promise<{ grant: Grant } | { refused: string }> {
  try {
    const { jti = "" } = await context.signer.verify("grant", token, context.now());
    const grant = await context.db.selectFrom("grants").selectAll().where("id", "=", jti).executeTakeFirst();
    if (!grant) return { refused: "this gate does not know it" };
    const refused = mismatch(grant, submission, contentHash);
    return refused === undefined ? { grant: told(grant) } : { refused };
  } catch (error) {
    if (error instanceof errors.JWTExpired) return { refused: "it has expired" };
    if (error instanceof errors.JOSEError) return { refused: "it was not signed by this gate for this purpose" };
    throw error;
  }
}

/** Uses a grant up, within the caller's transaction. False when it was used up or revoked in the meantime. */
export async function use(queries: Queries, id: string): Promise<boolean> {
  const used = await queries
    .updateTable("grants")
    .set((set) => ({ usesLeft: set("usesLeft", "-", 1) }))
    .where("id", "=", id)
    .where("usesLeft", ">", 0)
    .where("revokedAt", "is", null)
    .executeTakeFirst();
  return used.numUpdatedRows > 0n;
}
