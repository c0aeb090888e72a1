/**
 * Deciding: a step on one post, or the same on many.
 */
import { createRoute, z } from "@hono/zod-openapi";
import { BulkRequest, BulkResult, DecisionRequest, PostDetail, Step } from "../../api/schema.js";
import { etagOf, versionOf } from "../etag.js";
import { id, json, type Mount, POST, refusals, repeatable, WRITES } from "./mount.js";

const tags = ["decisions"];
const body = <T extends z.ZodType>(schema: T) => ({ required: true, content: { "application/json": { schema } } });

const decidePost = createRoute({
  method: "post",
  path: "/posts/{id}/{step}",
  operationId: "decidePost",
  summary: "Take a step on exactly the version and content that was looked at",
  tags,
  ...WRITES,
  request: {
    params: id.extend({ step: Step }),
    headers: repeatable.extend({
      "if-match": z.string().max(200).optional().openapi({ description: "the version, as its `ETag` gave it" }),
    }),
    body: body(DecisionRequest),
  },
  responses: {
    200: json(PostDetail, "the post after the step"),
    ...refusals(
      ...POST,
      "not-found",
      "conflict-of-interest",
      "state-conflict",
      "content-changed",
      "still-unsafe",
      "stale",
      "precondition-required",
    ),
  },
});

const decideMany = createRoute({
  method: "post",
  path: "/bulk",
  operationId: "decideMany",
  summary: "Take the same step on many posts, or preview it",
  tags,
  ...WRITES,
  request: { headers: repeatable, body: body(BulkRequest) },
  responses: { 200: json(BulkResult, "what became of each post, in the order asked"), ...refusals(...POST) },
});

/** Mounts `POST /posts/{id}/{step}` and `POST /bulk`. */
export const mountDecisions: Mount = (api, { gate }) => {
  api.openapi(decidePost, async (c) => {
    const { id: post, step } = c.req.valid("param");
    const seen = { ...c.req.valid("json"), version: versionOf(c.req.header("if-match")) };
    const after = await gate.review.decide(step, post, c.var.moderator, seen);
    return c.json(after, 200, { etag: etagOf(after) });
  });
  api.openapi(decideMany, async (c) => c.json(await gate.review.bulk(c.req.valid("json"), c.var.moderator), 200));
};
