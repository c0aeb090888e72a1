/**
 * A post that was held, blocked or flagged, as the API shows it.
 */
import { z } from "@hono/zod-openapi";
import type { Submission, Verdict } from "countersign";
import { AuditEntry } from "./audit.js";

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

/** Who wrote a post. */
export const AuthorKind = z.enum(["human", "agent", "service", "unknown"]);

/** A part of a rendered field, in UTF-16 code units. */
export const FieldSpan = z
  .object({ field: z.string(), start: z.number().int().nonnegative(), end: z.number().int().nonnegative() })
  .openapi("FieldSpan");
/** A part of a rendered field. */
export type FieldSpan = z.infer<typeof FieldSpan>;

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
    author: z.object({ id: z.string(), handle: z.string(), kind: AuthorKind }),
    /** The registered agent it comes from; null for a human's. */
    agent: z.string().nullable(),
    onBehalfOf: z.string().nullable(),
    asker: z.string().nullable(),
    thread: z.object({ id: z.string(), title: z.string().nullable() }),
    /** The forum's category of the thread. */
    category: z.string().nullable(),
    submittedAt: z.string(),
    decidedAt: z.string().nullable(),
    claimedBy: z.string().nullable(),
    /** RFC 3339: when the claim ends by itself. */
    claimedUntil: z.string().nullable(),
    /** Who handed it to the leads. */
    escalatedBy: z.string().nullable(),
    rules: z.array(z.string()),
    /** What exactly is decided on; a step names it. */
    contentHash: z.string(),
  })
  .openapi("PostSummary");
/** A post as the queue lists it. */
export type PostSummary = z.infer<typeof PostSummary>;

/** What was decided, by whom, when (RFC 3339); `redactions` are the parts that were taken out before it was published. */
export const Decision = z
  .object({ by: z.string(), at: z.string(), comment: z.string().nullable(), state: PostState, redactions: z.array(FieldSpan).optional() })
  .openapi("Decision");
/** What was decided. */
export type Decision = z.infer<typeof Decision>;

/** An earlier text of a post: what it said until `replacedAt` (RFC 3339). */
export const PostVersion = z
  .object({
    version: z.number().int(),
    contentHash: z.string(),
    replacedAt: z.string(),
    submission: z.custom<Submission>().openapi({ type: "object", description: "the submission as it then was" }),
  })
  .openapi("PostVersion");
/** An earlier text of a post. */
export type PostVersion = z.infer<typeof PostVersion>;

/** Who handed a post to the leads, when (RFC 3339) and why. */
export const Escalation = z.object({ by: z.string(), at: z.string(), comment: z.string() }).openapi("Escalation");
/** Who handed a post to the leads. */
export type Escalation = z.infer<typeof Escalation>;

/** How many people saw or acknowledged a post while it was readable. */
export const Exposure = z.object({ seen: z.number().int(), acknowledged: z.number().int() }).openapi("Exposure");
/** How many people saw or acknowledged a post. */
export type Exposure = z.infer<typeof Exposure>;

/**
 * One post with everything needed to decide. `notes` say what the gate changed or could not do, in sentences; `approvals` who has
 * approved it, where it takes more than one; `escalation` why it waits for a lead; `undo` until when (RFC 3339) and by whom the last decision can be taken back; `erasedAt`
 * when its text was erased on request.
 */
export const PostDetail = PostSummary.extend({
  submission: z.custom<Submission>().openapi({ type: "object", description: "the submission, as the engine read it" }),
  verdict: z
    .custom<Verdict | null>()
    .openapi({ type: ["object", "null"], description: "the engine's verdict; null when it could not decide" }),
  undecided: z.string().nullable(),
  notes: z.array(z.string()),
  operator: z.string().nullable(),
  decision: Decision.nullable(),
  receipt: z.string().nullable(),
  audit: z.array(AuditEntry),
  history: z.object({ posted: z.number().int(), held: z.number().int(), rejected: z.number().int() }),
  versions: z.array(PostVersion),
  exposure: Exposure,
  undo: z.object({ by: z.string(), until: z.string() }).nullable(),
  erasedAt: z.string().nullable(),
  escalation: Escalation.optional(),
  approvals: z.object({ needed: z.number().int(), by: z.array(z.string()) }).optional(),
}).openapi("PostDetail");
/** One post with everything needed to decide. */
export type PostDetail = z.infer<typeof PostDetail>;

/** The data of a `post` event: a post that changed. */
export const PostEvent = z.object({ id: z.string(), state: PostState, version: z.number().int() }).openapi("PostEvent");
/** The data of a `post` event. */
export type PostEvent = z.infer<typeof PostEvent>;
