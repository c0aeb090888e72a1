/**
 * The routes of what moderators teach: exceptions, examples, rules and policies tried.
 */
import { createRoute, z } from "@hono/zod-openapi";
import { Allowance, AllowRequest, DryRunRequest, DryRunResult, TryRequest, TryResult } from "../api/schema.js";
import { id, json, type Mount, POST, READS, refusals, repeatable, WRITE, WRITES } from "../review/routes/mount.js";
import { find } from "../review/view.js";
import * as allowances from "./allowances.js";
import { dryRun } from "./dry-run.js";
import { example } from "./example.js";
import { tryText } from "./try.js";

const tags = ["learning"];

const Allowances = z.object({ items: z.array(Allowance) }).openapi("Allowances");

const posted = <T extends z.ZodType>(schema: T) => ({
  headers: repeatable,
  body: { required: true, content: { "application/json": { schema } } },
});

const listAllowances = createRoute({
  method: "get",
  path: "/allowances",
  operationId: "listAllowances",
  summary: "Exceptions",
  tags,
  ...READS,
  request: { query: z.object({ show: z.enum(["current", "ended"]).optional() }) },
  responses: { 200: json(Allowances, "those in force, newest first, or the 200 that ended last"), ...refusals("malformed-request") },
});

const makeAllowance = createRoute({
  method: "post",
  path: "/allowances",
  operationId: "makeAllowance",
  summary: "Turn a false alarm into an exception",
  tags,
  ...WRITES,
  request: posted(AllowRequest),
  responses: { 201: json(Allowance, "the exception; it counts from the next post on"), ...refusals(...POST, "conflict-of-interest") },
});

const revokeAllowance = createRoute({
  method: "delete",
  path: "/allowances/{id}",
  operationId: "revokeAllowance",
  summary: "End an exception",
  tags,
  ...WRITES,
  request: { params: id },
  responses: { 200: json(Allowance, "the exception, ended"), ...refusals(...WRITE, "not-found") },
});

const getExample = createRoute({
  method: "get",
  path: "/posts/{id}/example",
  operationId: "getExample",
  summary: "A false alarm as an example for the rules",
  tags,
  ...READS,
  request: { params: id, query: z.object({ fingerprint: z.string().max(200).optional() }) },
  responses: {
    200: { description: "a rule's `ignores` and a case, TOML", content: { "application/toml": { schema: z.string() } } },
    ...refusals("malformed-request", "not-found"),
  },
});

const tryRoute = createRoute({
  method: "post",
  path: "/try",
  operationId: "tryText",
  summary: "Try a text, with a rule of one's own",
  tags,
  ...WRITES,
  request: posted(TryRequest),
  responses: { 200: json(TryResult, "the verdict, or why there is none"), ...refusals(...POST, "too-many-requests") },
});

const dryRunRoute = createRoute({
  method: "post",
  path: "/policy/dry-run",
  operationId: "dryRunPolicy",
  summary: "Try a policy on the past",
  description:
    "On posts that were held, blocked or flagged. Posts published without remark are not kept: loosening shows fully, tightening only among what is kept.",
  tags,
  ...WRITES,
  request: posted(DryRunRequest),
  responses: { 200: json(DryRunResult, "what would change"), ...refusals(...POST, "too-many-requests") },
});

/** Paths of what is tried, with the most their bodies may weigh in bytes: more than a decision's. */
export const LARGE_BODIES: Readonly<Record<string, number>> = { "/try": 1_000_000, "/policy/dry-run": 1_000_000 };

/** Mounts the routes of exceptions, examples and trials. */
export const mountLearning: Mount = (api, { context, learning }) => {
  api.openapi(listAllowances, async (c) => c.json({ items: await allowances.list(context, c.req.valid("query").show ?? "current") }, 200));
  api.openapi(makeAllowance, async (c) => c.json(await allowances.make(learning, c.var.moderator, c.req.valid("json")), 201));
  api.openapi(revokeAllowance, async (c) => c.json(await allowances.revoke(learning, c.var.moderator, c.req.valid("param").id), 200));
  api.openapi(getExample, async (c) => {
    const row = await find(context.db, c.req.valid("param").id);
    c.header("content-disposition", 'attachment; filename="false-alarm.toml"');
    return c.body(example(row, c.req.valid("query").fingerprint), 200, { "content-type": "application/toml; charset=utf-8" });
  });
  api.openapi(tryRoute, async (c) => c.json(await tryText(learning, c.var.moderator, c.req.valid("json")), 200));
  api.openapi(dryRunRoute, async (c) => c.json(await dryRun(learning, c.var.moderator, c.req.valid("json")), 200));
};
