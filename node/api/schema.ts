/**
 * The review API's shapes, once: the routes validate with them, OpenAPI is generated from them, and the review page imports their
 * types (`import type`), so that page and service cannot disagree.
 */
import { z } from "@hono/zod-openapi";
import type { Submission, Verdict } from "countersign";

export type { Finding, Submission, Verdict } from "countersign";

/** Where a post stands between the gate and a decision. `published`: its owner published the draft with a grant. */
export const PostState = z.enum([
  "held",
  "claimed",
  "approved",
  "rejected",
  "returned",
  "withdrawn",
  "expired",
  "blocked",
  "flagged",
  "published",
]);
/** Where a post stands between the gate and a decision. */
export type PostState = z.infer<typeof PostState>;

/** How much harm an instruction could do, mildest first. */
export const Severity = z.enum(["low", "medium", "high", "critical"]);
/** How much harm an instruction could do. */
export type Severity = z.infer<typeof Severity>;

/** What a moderator may do. An auditor reads and decides nothing. */
export const Role = z.enum(["moderator", "lead", "auditor"]);
/** What a moderator may do. */
export type Role = z.infer<typeof Role>;

/** Who is looking. */
export const Moderator = z.object({ id: z.string(), name: z.string(), role: Role }).openapi("Moderator");
/** Who is looking. */
export type Moderator = z.infer<typeof Moderator>;

/** One entry of the hash-chained log. `at` is RFC 3339, `hash` and `previous` are 64 hexadecimal digits. */
export const AuditEntry = z
  .object({
    seq: z.number().int(),
    at: z.string(),
    actor: z.string(),
    action: z.string(),
    postId: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
    previous: z.string(),
    hash: z.string(),
  })
  .openapi("AuditEntry");
/** One entry of the hash-chained log. */
export type AuditEntry = z.infer<typeof AuditEntry>;

/** A post as the queue lists it. Its texts are the post's own words: hostile data, never markup. */
export const PostSummary = z
  .object({
    id: z.string(),
    version: z.number().int(),
    state: PostState,
    action: z.enum(["hold", "block", "flag"]),
    severity: Severity.nullable(),
    title: z.string(),
    excerpt: z.string(),
    author: z.object({ id: z.string(), handle: z.string(), kind: z.enum(["human", "agent", "service", "unknown"]) }),
    onBehalfOf: z.string().nullable(),
    thread: z.object({ id: z.string(), title: z.string().nullable() }),
    submittedAt: z.string(),
    claimedBy: z.string().nullable(),
    rules: z.array(z.string()),
  })
  .openapi("PostSummary");
/** A post as the queue lists it. */
export type PostSummary = z.infer<typeof PostSummary>;

/** What was decided, by whom, when (RFC 3339). */
export const Decision = z.object({ by: z.string(), at: z.string(), comment: z.string().nullable(), state: PostState });
/** What was decided. */
export type Decision = z.infer<typeof Decision>;

/** One post with everything needed to decide. */
export const PostDetail = PostSummary.extend({
  submission: z.custom<Submission>().openapi({ type: "object", description: "the submission, as the engine read it" }),
  verdict: z
    .custom<Verdict | null>()
    .openapi({ type: ["object", "null"], description: "the engine's verdict; null when it could not decide" }),
  undecided: z.string().nullable(),
  notes: z.array(z.string()),
  contentHash: z.string(),
  decision: Decision.nullable(),
  receipt: z.string().nullable(),
  audit: z.array(AuditEntry),
  history: z.object({ posted: z.number().int(), held: z.number().int(), rejected: z.number().int() }),
  approvals: z.object({ needed: z.number().int(), by: z.array(z.string()) }).optional(),
}).openapi("PostDetail");
/** One post with everything needed to decide. `notes` say what the gate changed or could not do, in sentences; `approvals` who has approved it, where it takes more than one. */
export type PostDetail = z.infer<typeof PostDetail>;

/** How many posts stand where; `open` is held and claimed together. */
export const Counts = z.object({
  open: z.number().int(),
  approved: z.number().int(),
  rejected: z.number().int(),
  returned: z.number().int(),
  blocked: z.number().int(),
  flagged: z.number().int(),
});
/** How many posts stand where. */
export type Counts = z.infer<typeof Counts>;

/** One page of the queue; `next` is the cursor of the page after it. */
export const PostPage = z.object({ items: z.array(PostSummary), next: z.string().nullable(), counts: Counts }).openapi("PostPage");
/** One page of the queue. */
export type PostPage = z.infer<typeof PostPage>;

/** Which posts the queue shows: a state, `open` (held and claimed) or `all`. */
export const PostFilter = z.enum([...PostState.options, "open", "all"]);
/** Which posts the queue shows. */
export type PostFilter = z.infer<typeof PostFilter>;

/** A decision on exactly the content whose hash it names. */
export const DecisionRequest = z.object({ comment: z.string().max(4000).optional(), contentHash: z.string() }).openapi("DecisionRequest");
/** A decision on exactly the content whose hash it names. */
export type DecisionRequest = z.infer<typeof DecisionRequest>;

/** The steps a moderator can take. */
export const Step = z.enum(["claim", "release", "approve", "reject", "return"]);
/** The steps a moderator can take. */
export type Step = z.infer<typeof Step>;

/** One page of the audit log; `verified` tells whether the chain holds from its first entry. */
export const AuditPage = z
  .object({ entries: z.array(AuditEntry), next: z.string().nullable(), verified: z.boolean() })
  .openapi("AuditPage");
/** One page of the audit log. */
export type AuditPage = z.infer<typeof AuditPage>;

/** Who is looking, and at which version of Countersign. */
export const Session = z.object({ moderator: Moderator, version: z.string() }).openapi("Session");
/** Who is looking, and at which version of Countersign. */
export type Session = z.infer<typeof Session>;

/** The data of a `post` event. */
export const PostEvent = z.object({ id: z.string(), state: PostState, version: z.number().int() }).openapi("PostEvent");
/** The data of a `post` event. */
export type PostEvent = z.infer<typeof PostEvent>;

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
  })
  .openapi("Problem");
/** An RFC 9457 problem. `allowedBy` is the human act that would allow it, `draft` says where the text went. */
export type Problem = z.infer<typeof Problem>;
