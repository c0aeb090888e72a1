/**
 * The audit log, to read and to verify.
 */
import { createRoute, z } from "@hono/zod-openapi";
import { AuditEntry, AuditPage, AuditVerification } from "../../api/schema.js";
import { id, json, type Mount, READS, refusals } from "./mount.js";

const tags = ["audit"];
const PAGE = 200;

const postAudit = createRoute({
  method: "get",
  path: "/posts/{id}/audit",
  operationId: "getPostAudit",
  summary: "The log of one post",
  tags,
  ...READS,
  request: { params: id },
  responses: { 200: json(z.object({ entries: z.array(AuditEntry) }), "the post's log"), ...refusals("not-found") },
});

const verifyAudit = createRoute({
  method: "get",
  path: "/audit/verify",
  operationId: "verifyAudit",
  summary: "Whether the log holds from its first entry on",
  tags,
  ...READS,
  responses: { 200: json(AuditVerification, "whether the chain holds"), ...refusals() },
});

const cursor = z
  .string()
  .regex(/^\d{1,15}$/)
  .optional();

const word = z.string().min(1).max(200).optional();

const listAudit = createRoute({
  method: "get",
  path: "/audit",
  operationId: "listAudit",
  summary: "One page of the log",
  tags,
  ...READS,
  request: { query: z.object({ cursor, post: word, actor: word, order: z.enum(["oldest", "newest"]).optional() }) },
  responses: { 200: json(AuditPage, "one page of the log"), ...refusals("malformed-request") },
});

/** Mounts `GET /audit`, `GET /audit/verify` and `GET /posts/{id}/audit`. */
export const mountAudit: Mount = (api, { gate }) => {
  api.openapi(postAudit, async (c) => c.json({ entries: (await gate.review.get(c.req.valid("param").id)).audit }, 200));
  api.openapi(verifyAudit, async (c) => c.json(await gate.audit.verify(), 200));
  api.openapi(listAudit, async (c) => {
    const { cursor: at, post, actor, order } = c.req.valid("query");
    const newest = order === "newest";
    const from = at === undefined ? {} : newest ? { before: Number(at) } : { after: Number(at) };
    const of = { ...(post === undefined ? {} : { postId: post }), ...(actor === undefined ? {} : { actor }) };
    const entries = await gate.audit.list({ ...from, ...of, newest, limit: PAGE });
    const next = entries.length === PAGE ? String(entries.at(-1)?.seq) : null;
    return c.json({ entries, next }, 200);
  });
};
