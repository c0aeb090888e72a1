/**
 * What a moderator decides.
 */
import { z } from "@hono/zod-openapi";
import { FieldSpan, PostDetail, Severity } from "./post.js";

/**
 * The steps a moderator can take. `redact` approves the post without the spans it names; `escalate` leaves the decision to a lead;
 * `undo` takes back one's own last decision while that is possible.
 */
export const Step = z.enum(["claim", "release", "approve", "redact", "reject", "return", "escalate", "undo"]);
/** The steps a moderator can take. */
export type Step = z.infer<typeof Step>;

/** A decision on exactly the content whose hash it names. `spans` go with `redact` and only with it. */
export const DecisionRequest = z
  .object({ comment: z.string().max(4000).optional(), contentHash: z.string(), spans: z.array(FieldSpan).min(1).max(200).optional() })
  .openapi("DecisionRequest");
/** A decision on exactly the content whose hash it names. */
export type DecisionRequest = z.infer<typeof DecisionRequest>;

/** The same step on many posts, each exactly as it was seen. With `preview` nothing is done: the answer says what would be. */
export const BulkRequest = z
  .object({
    step: z.enum(["claim", "release", "approve", "reject", "return", "escalate"]),
    comment: z.string().max(4000).optional(),
    posts: z
      .array(z.object({ id: z.string().max(100), version: z.number().int(), contentHash: z.string() }))
      .min(1)
      .max(200),
    preview: z.boolean().optional(),
  })
  .openapi("BulkRequest");
/** The same step on many posts. */
export type BulkRequest = z.infer<typeof BulkRequest>;

/** A finding a redaction left in: `span` is where it stands in the post as it is, and no text of the post is repeated. */
export const Remaining = z.object({ rule: z.string(), title: z.string(), severity: Severity, span: FieldSpan }).openapi("Remaining");
/** A finding a redaction left in. */
export type Remaining = z.infer<typeof Remaining>;

/** An RFC 9457 problem. `current` is the post as it now stands, when a decision came too late. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    allowedBy: z.string().optional(),
    draft: z.string().optional(),
    postId: z.string().optional(),
    current: PostDetail.optional(),
    findings: z.array(Remaining).optional(),
  })
  .openapi("Problem");
/** An RFC 9457 problem. `allowedBy` is the human act that would allow it, `draft` says where the text went. */
export type Problem = z.infer<typeof Problem>;

/** What became of each post of a bulk step, in the order asked: its new state, or why not. */
export const BulkResult = z
  .object({
    results: z.array(
      z.union([
        z.object({ id: z.string(), ok: z.literal(true), state: z.string(), version: z.number().int() }),
        z.object({ id: z.string(), ok: z.literal(false), problem: Problem }),
      ]),
    ),
  })
  .openapi("BulkResult");
/** What became of each post of a bulk step. */
export type BulkResult = z.infer<typeof BulkResult>;
