/**
 * Grants: signed, scoped, expiring permissions for one agent to publish once. The signature tells that this gate issued it, the
 * table tells how often it may still be used; it is used up in the very transaction that settles the post.
 */
import { randomUUID } from "node:crypto";
import type { Grant, Submission } from "countersign";
import { errors } from "jose";
import { z } from "zod";
import type { GrantRequest } from "../api/host.js";
import { ProblemError } from "../api/problems.js";
import { append } from "../audit/chain.js";
import type { Context } from "../context.js";
import type { Queries } from "../store/tables.js";
import { CLOCK_TOLERANCE_SECONDS } from "./signer.js";

const HOUR_MS = 3_600_000;
const DEFAULT_MS = 24 * HOUR_MS;
const LONGEST_MS = 30 * 24 * HOUR_MS;

const Claims = z.object({
  jti: z.string(),
  sub: z.string(),
  by: z.string(),
  thread: z.string(),
  act: z.enum(["reply", "topic"]),
  nbf: z.number(),
  exp: z.number(),
  onBehalfOf: z.string().optional(),
  contentHash: z.string().optional(),
});

const seconds = (time: string) => Math.floor(Date.parse(time) / 1000);
const moment = (atSeconds: number) => new Date(atSeconds * 1000).toISOString();

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

/** Why `grant` is not for this post; undefined when it is. */
function mismatch(grant: z.infer<typeof Claims>, submission: Submission, contentHash: string): string | undefined {
  const { post, thread } = submission;
  if (![post.author.id, post.client?.verifiedAgent].includes(grant.sub)) return "it is for another agent";
  if (grant.thread !== (post.thread ?? thread?.id ?? "")) return "it is for another thread";
  if (grant.onBehalfOf !== undefined && grant.onBehalfOf !== post.onBehalfOf) return "it was given to act for someone else";
  if (grant.contentHash !== undefined && grant.contentHash !== contentHash) return "it is for another text";
  return undefined;
}

async function spent(queries: Queries, id: string): Promise<string | undefined> {
  const row = await queries.selectFrom("grants").select(["usesLeft", "revokedAt"]).where("id", "=", id).executeTakeFirst();
  if (!row) return "this gate does not know it";
  if (row.revokedAt !== null) return "it was revoked";
  return row.usesLeft > 0 ? undefined : "it is used up";
}

/**
 * Reads a token against the post it came with.
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
    const claims = Claims.parse(await context.signer.verify("grant", token, context.now()));
    const refused = mismatch(claims, submission, contentHash) ?? (await spent(context.db, claims.jti));
    if (refused !== undefined) return { refused };
    const { jti: id, sub: agent, act: action, nbf, exp, by, thread, onBehalfOf } = claims;
    const scope = { ...(onBehalfOf === undefined ? {} : { onBehalfOf }), ...(claims.contentHash === undefined ? {} : { contentHash }) };
    return {
      grant: { id, agent, by, thread, action, uses: 1, notBefore: moment(nbf - CLOCK_TOLERANCE_SECONDS), expires: moment(exp), ...scope },
    };
  } catch (error) {
    if (error instanceof errors.JWTExpired) return { refused: "it has expired" };
    if (error instanceof errors.JOSEError || error instanceof z.ZodError)
      return { refused: "it was not signed by this gate for this purpose" };
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
