/**
 * The routes of what moderators teach: exceptions, examples, rules and policies tried.
 */
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { body, id, json, refusal, refusals, text } from "../api/describe.js";
import { Allowance, AllowRequest, DryRunRequest, DryRunResult, TryRequest, TryResult } from "../api/schema.js";
import type { Env } from "../review/guard.js";
import { find } from "../review/view.js";
import * as allowances from "./allowances.js";
import { dryRun } from "./dry-run.js";
import { example } from "./example.js";
import type { Learning } from "./room.js";
import { tryText } from "./try.js";

const Allowances = z.object({ items: z.array(Allowance) }).openapi("Allowances");
const wrong = { 400: refusal("a field is wrong") };
const busy = { 429: refusal("too much is being tried") };

const listAllowances = createRoute({
  method: "get",
  path: "/allowances",
  request: { query: z.object({ show: z.enum(["current", "ended"]).optional() }) },
  responses: { 200: json(Allowances, "exceptions in force, newest first, or the 200 that ended last"), ...refusals },
});

const makeAllowance = createRoute({
  method: "post",
  path: "/allowances",
  request: { body: body(AllowRequest) },
  responses: { 201: json(Allowance, "the exception; it counts from the next post on"), ...wrong, ...refusals },
});

const revokeAllowance = createRoute({
  method: "delete",
  path: "/allowances/{id}",
  request: { params: id },
  responses: { 200: json(Allowance, "the exception, ended"), 404: refusal("no such exception"), ...refusals },
});

const getExample = createRoute({
  method: "get",
  path: "/posts/{id}/example",
  request: { params: id, query: z.object({ fingerprint: z.string().max(200).optional() }) },
  responses: {
    200: text("application/toml", "the false alarm as a rule's `ignores` and as a case, TOML"),
    404: refusal("no such post, or nothing found in it"),
    ...refusals,
  },
});

const tryRoute = createRoute({
  method: "post",
  path: "/try",
  request: { body: body(TryRequest) },
  responses: { 200: json(TryResult, "the verdict, or why there is none"), ...wrong, ...busy, ...refusals },
});

const dryRunRoute = createRoute({
  method: "post",
  path: "/policy/dry-run",
  description:
    "Tries a policy on posts that were held, blocked or flagged. Posts published without remark are not kept: loosening shows fully, tightening only among what is kept.",
  request: { body: body(DryRunRequest) },
  responses: { 200: json(DryRunResult, "what would change"), ...wrong, ...busy, ...refusals },
});

/** Paths whose bodies may be larger than a decision's, with the most they may weigh in bytes. */
export const LARGE_BODIES: Readonly<Record<string, number>> = { "/try": 1_000_000, "/policy/dry-run": 1_000_000 };

/** Mounts the routes. */
export function learningRoutes(api: OpenAPIHono<Env>, room: Learning): void {
  const { db } = room.context;
  api.openapi(listAllowances, async (c) =>
    c.json({ items: await allowances.list(room.context, c.req.valid("query").show ?? "current") }, 200),
  );
  api.openapi(makeAllowance, async (c) => c.json(await allowances.make(room, c.var.moderator, c.req.valid("json")), 201));
  api.openapi(revokeAllowance, async (c) => c.json(await allowances.revoke(room, c.var.moderator, c.req.valid("param").id), 200));
  api.openapi(getExample, async (c) => {
    const row = await find(db, c.req.valid("param").id);
    return c.body(example(row, c.req.valid("query").fingerprint), 200, { "content-type": "application/toml; charset=utf-8" });
  });
  api.openapi(tryRoute, async (c) => c.json(await tryText(room, c.var.moderator, c.req.valid("json")), 200));
  api.openapi(dryRunRoute, async (c) => c.json(await dryRun(room, c.var.moderator, c.req.valid("json")), 200));
}
