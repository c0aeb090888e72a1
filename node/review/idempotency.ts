/**
 * Requests that are sent again because their answer got lost: the same key with the same request is done once and answered the same.
 */
import { createHash } from "node:crypto";
import type { Context as HonoContext, MiddlewareHandler } from "hono";
import type { StatusCode } from "hono/utils/http-status";
import { ProblemError } from "../api/problems.js";
import type { Context } from "../context.js";
import type { AnswerTable } from "../store/tables.js";
import type { Env } from "./guard.js";

/** Milliseconds an answer is kept. */
export const KEPT_MS = 86_400_000;

/** Milliseconds after which a request that was never answered may be done anew: its process is gone. */
export const IN_FLIGHT_MS = 60_000;

/** What can be a key. */
export const KEY = /^[\x21-\x7e]{1,200}$/;

/** The header that says an answer was given before. */
const REPLAYED = "idempotency-replayed";

/** The status of a request that is being answered. */
const UNANSWERED = 0;

const digest = (...parts: string[]) => createHash("sha256").update(JSON.stringify(parts)).digest("hex");

const later = ({ now }: Context, ms: number) => new Date(now().getTime() + ms).toISOString();

/** The row of a request, in case nobody has asked the same before. */
async function rowOf(context: Context, c: HonoContext<Env>, key: string): Promise<AnswerTable> {
  const { method, path } = c.req;
  const request = digest(await c.req.text(), c.req.header("if-match") ?? "");
  return { id: digest(c.var.moderator.id, method, path, key), request, status: UNANSWERED, body: "", until: later(context, IN_FLIGHT_MS) };
}

/** Takes the key for this request; otherwise what there is about it already. */
async function reserve({ db, now }: Context, row: AnswerTable): Promise<AnswerTable | undefined> {
  await db.deleteFrom("answers").where("id", "=", row.id).where("until", "<=", now().toISOString()).execute();
  const added = await db
    .insertInto("answers")
    .values(row)
    .onConflict((conflict) => conflict.column("id").doNothing())
    .executeTakeFirst();
  if (Number(added.numInsertedOrUpdatedRows) > 0) return undefined;
  return db.selectFrom("answers").selectAll().where("id", "=", row.id).executeTakeFirst();
}

type Kept = { headers: [string, string][]; text: string };

function replay(c: HonoContext<Env>, known: AnswerTable, request: string): Response {
  if (known.request !== request)
    throw new ProblemError("idempotency-mismatch", "this `Idempotency-Key` came with another request: take a new key for each request");
  if (known.status === UNANSWERED)
    throw new ProblemError("request-in-flight", "the first of these requests is not answered yet: wait a moment, then send it again");
  const { headers, text }: Kept = JSON.parse(known.body);
  for (const [name, value] of [...headers, [REPLAYED, "true"] as const]) c.header(name, value);
  return c.newResponse(text === "" ? null : text, known.status as StatusCode);
}

async function remember(context: Context, { id }: AnswerTable, answer: Response) {
  const { db } = context;
  // What failed on our side may succeed the next time.
  if (answer.status >= 500) return void (await db.deleteFrom("answers").where("id", "=", id).execute());
  const headers = ["content-type", "etag"].flatMap((name): Kept["headers"] => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  const body: Kept = { headers, text: await answer.clone().text() };
  const values = { status: answer.status, body: JSON.stringify(body), until: later(context, KEPT_MS) };
  await db.updateTable("answers").set(values).where("id", "=", id).execute();
}

/** Answers a POST that carries an `Idempotency-Key` once, however often it comes. */
export function onceOnly(context: Context): MiddlewareHandler<Env> {
  return async (c, next) => {
    const key = c.req.header("idempotency-key");
    if (c.req.method !== "POST" || key === undefined) return next();
    if (!KEY.test(key)) throw new ProblemError("malformed-request", "`Idempotency-Key`: send 1 to 200 visible ASCII characters");
    const row = await rowOf(context, c, key);
    const known = await reserve(context, row);
    if (known !== undefined) return replay(c, known, row.request);
    await next();
    await remember(context, row, c.res);
  };
}
