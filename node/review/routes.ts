/**
 * The review API's routes, described once: validation, types and the OpenAPI document follow from these.
 */
import { createRoute, z } from "@hono/zod-openapi";
import { id, json, refusal, refusals } from "../api/describe.js";
import {
  AuditEntry,
  AuditPage,
  AuditVerification,
  DecisionRequest,
  PostDetail,
  PostFilter,
  PostPage,
  Session,
  Step,
} from "../api/schema.js";

export const session = createRoute({ method: "get", path: "/session", responses: { 200: json(Session, "who is looking"), ...refusals } });

export const listPosts = createRoute({
  method: "get",
  path: "/posts",
  request: {
    query: z.object({
      state: PostFilter.optional(),
      cursor: z.string().max(500).optional(),
      limit: z.coerce.number().int().min(1).max(200).optional(),
    }),
  },
  responses: { 200: json(PostPage, "one page of the queue"), 400: refusal("a parameter is wrong"), ...refusals },
});

export const getPost = createRoute({
  method: "get",
  path: "/posts/{id}",
  request: { params: id },
  responses: { 200: json(PostDetail, "the post; `ETag` is its version"), 404: refusal("no such post"), ...refusals },
});

export const decidePost = createRoute({
  method: "post",
  path: "/posts/{id}/{step}",
  request: {
    params: id.extend({ step: Step }),
    headers: z.object({ "if-match": z.string().optional() }),
    body: { required: true, content: { "application/json": { schema: DecisionRequest } } },
  },
  responses: {
    200: json(PostDetail, "the post after the step"),
    404: refusal("no such post"),
    409: refusal("the content or the state changed"),
    412: refusal("the version changed"),
    428: refusal("`If-Match` is missing"),
    ...refusals,
  },
});

export const postAudit = createRoute({
  method: "get",
  path: "/posts/{id}/audit",
  request: { params: id },
  responses: { 200: json(z.object({ entries: z.array(AuditEntry) }), "the post's log"), 404: refusal("no such post"), ...refusals },
});

export const verifyAudit = createRoute({
  method: "get",
  path: "/audit/verify",
  responses: { 200: json(AuditVerification, "whether the chain holds"), ...refusals },
});

export const listAudit = createRoute({
  method: "get",
  path: "/audit",
  request: {
    query: z.object({
      cursor: z
        .string()
        .regex(/^\d{1,15}$/)
        .optional(),
    }),
  },
  responses: { 200: json(AuditPage, "one page of the log"), ...refusals },
});
