/**
 * False alarms turned into exceptions: made and revoked by moderators, in force from the next post on, ended by themselves.
 */
import { randomUUID } from "node:crypto";
import type { Verdict } from "countersign";
import { ProblemError } from "../api/problems.js";
import type { Allowance, AllowRequest, AllowScope, Moderator } from "../api/schema.js";
import { append } from "../audit/chain.js";
import type { Context } from "../context.js";
import type { Extra } from "../engine/live.js";
import type { AllowanceTable, PostRow, Queries } from "../store/tables.js";
import { withExceptions } from "./amend.js";
import { checkInterest } from "./interest.js";
import type { Learning } from "./room.js";

/** Exceptions in force at a time: each of them is looked at for each finding. */
export const MOST = 500;

/** The longest an exception lasts, in milliseconds: a year, and the day a leap year has more. */
const LONGEST_MS = 366 * 86_400_000;

const malformed = (detail: string) => new ProblemError("malformed-request", detail);

const clean = (text: string | undefined) => text?.trim().toWellFormed() || undefined;

function scopeOf({ category, thread, author }: AllowScope): AllowScope {
  const named = { category: clean(category), thread: clean(thread), author: clean(author) };
  const scope = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)) as AllowScope;
  if (Object.keys(scope).length === 0)
    throw malformed('`scope`: say where it is fine: a `category` (`"*"` for all), a `thread` or an `author`');
  return scope;
}

function expiryOf({ expires }: AllowRequest, now: Date): string {
  const at = Date.parse(expires);
  if (Number.isNaN(at)) throw malformed("`expires`: write it like `2027-01-31T00:00:00Z`");
  if (at <= now.getTime()) throw malformed("`expires`: name a time that is still to come");
  if (at > now.getTime() + LONGEST_MS) throw malformed("`expires`: an exception lasts at most a year");
  return new Date(at).toISOString();
}

/** The rule of what is excepted: as named, or as the post's verdict has it. */
function ruleIn(post: PostRow | undefined, rule: string | undefined, fingerprint: string | undefined): string | null {
  if (post === undefined) return rule ?? null;
  const { findings } = post.verdict === null ? { findings: [] } : (JSON.parse(post.verdict) as Verdict);
  const found = findings.find((finding) => (fingerprint === undefined ? finding.rule === rule : finding.fingerprint === fingerprint));
  if (found === undefined) throw malformed("`postId`: the post has no such finding: take `rule` or `fingerprint` from one of its findings");
  return found.rule;
}

/** An exception as the API shows it. */
export function shown(row: AllowanceTable): Allowance {
  const { rule, fingerprint, postId, scope, ...rest } = row;
  return {
    ...rest,
    scope: JSON.parse(scope),
    ...(rule === null ? {} : { rule }),
    ...(fingerprint === null ? {} : { fingerprint }),
    ...(postId === null ? {} : { postId }),
  };
}

/** The exceptions that count now, oldest first. */
export async function inForce(queries: Queries, now: Date): Promise<AllowanceTable[]> {
  return queries
    .selectFrom("allowances")
    .selectAll()
    .where("revokedAt", "is", null)
    .where("expires", ">", now.toISOString())
    .orderBy("at")
    .orderBy("id")
    .execute();
}

/** Exceptions in force, newest first, or the 200 that ended last. */
export async function list({ db, now }: Context, which: "current" | "ended"): Promise<Allowance[]> {
  if (which === "current") return (await inForce(db, now())).map(shown).reverse();
  const ended = db
    .selectFrom("allowances")
    .selectAll()
    .where((eb) => eb.or([eb("revokedAt", "is not", null), eb("expires", "<=", now().toISOString())]));
  return (await ended.orderBy("at", "desc").orderBy("id").limit(200).execute()).map(shown);
}

async function record(room: Learning, queries: Queries, moderator: Moderator, request: AllowRequest): Promise<AllowanceTable> {
  const { now } = room.context;
  const at = now().toISOString();
  const [rule, fingerprint, reason] = [clean(request.rule), clean(request.fingerprint), clean(request.reason)];
  if ((rule === undefined) === (fingerprint === undefined)) throw malformed("name either a `rule` or a `fingerprint`");
  if (reason === undefined) throw malformed("`reason`: say why this is fine");
  const [scope, expires] = [scopeOf(request.scope), expiryOf(request, now())];
  const post =
    request.postId === undefined
      ? undefined
      : await queries.selectFrom("posts").selectAll().where("id", "=", request.postId).executeTakeFirst();
  if (request.postId !== undefined && post === undefined) throw malformed("`postId`: no post has this id");
  const cover = { rule: ruleIn(post, rule, fingerprint), scope };
  await checkInterest(room, queries, moderator, cover, post);
  if ((await inForce(queries, now())).length >= MOST)
    throw malformed(`there are ${MOST} exceptions in force: revoke what is no longer needed, or change the policy`);
  const row = { id: randomUUID(), rule: cover.rule, fingerprint: fingerprint ?? null, scope: JSON.stringify(scope), reason, expires };
  const whole = { ...row, by: moderator.id, at, postId: post?.id ?? null, revokedAt: null };
  await queries.insertInto("allowances").values(whole).execute();
  const detail = { allowance: row.id, rule: cover.rule, fingerprint: row.fingerprint, scope, expires };
  await append(queries, [{ at, actor: moderator.id, action: "allowance-made", postId: whole.postId, detail }]);
  return whole;
}

/** Tells of a change and waits until it counts; why it does not, when the policy it belongs to is refused. */
async function putInForce({ context, live }: Learning): Promise<{ notInForce?: string }> {
  context.changed.ring();
  await live.settled();
  return live.refused === undefined ? {} : { notInForce: live.refused.error };
}

/**
 * Makes an exception; it counts from the next post on.
 *
 * @throws ProblemError `malformed-request`, `conflict-of-interest`
 */
export async function make(room: Learning, moderator: Moderator, request: AllowRequest): Promise<Allowance> {
  const row = await room.context.db.transaction().execute((queries) => record(room, queries, moderator, request));
  return { ...shown(row), ...(await putInForce(room)) };
}

/**
 * Ends an exception. One that was revoked before stays as it is.
 *
 * @throws ProblemError `not-found`
 */
export async function revoke(room: Learning, moderator: Moderator, id: string): Promise<Allowance> {
  const at = room.context.now().toISOString();
  const row = await room.context.db.transaction().execute(async (queries) => {
    const found = await queries.selectFrom("allowances").selectAll().where("id", "=", id).executeTakeFirst();
    if (found === undefined) throw new ProblemError("not-found", "no exception has this id: reload the list");
    if (found.revokedAt !== null) return found;
    await queries.updateTable("allowances").set({ revokedAt: at }).where("id", "=", id).execute();
    await append(queries, [{ at, actor: moderator.id, action: "allowance-revoked", postId: found.postId, detail: { allowance: id } }]);
    return { ...found, revokedAt: at };
  });
  return { ...shown(row), ...(await putInForce(room)) };
}

/**
 * The exceptions as what the store adds to a setup. While the store does not answer, those last read stay.
 */
export function exceptions({ db, now, log }: Pick<Context, "db" | "now" | "log">): Extra {
  let last = "";
  const count = db.selectFrom("allowances").select((eb) => [eb.fn.countAll().as("made"), eb.fn.count("revokedAt").as("revoked")]);
  return {
    mark: async () => {
      try {
        // Rows are never taken away and end once, so both numbers only grow.
        const { made, revoked } = await count.executeTakeFirstOrThrow();
        last = `${made}/${revoked}`;
      } catch {
        log.log("error", "allowances/unread");
      }
      return last;
    },
    amend: async (setup) => {
      const policy = withExceptions(setup.policy, await inForce(db, now()));
      return policy === undefined ? setup : { ...setup, policy };
    },
  };
}
