/**
 * Who looks at the queue, and what they may do.
 */
import { z } from "@hono/zod-openapi";

/** What a moderator may do. An auditor reads and decides nothing; a lead also decides what was escalated and what others claimed. */
export const Role = z.enum(["moderator", "lead", "auditor"]);
/** What a moderator may do. */
export type Role = z.infer<typeof Role>;

/** Who is looking. */
export const Moderator = z.object({ id: z.string(), name: z.string(), role: Role }).openapi("Moderator");
/** Who is looking. */
export type Moderator = z.infer<typeof Moderator>;

/** A reason the forum's moderators often give; `text` is what the author reads. */
export const CannedReason = z.object({ id: z.string(), title: z.string(), text: z.string() }).openapi("CannedReason");
/** A reason the forum's moderators often give. */
export type CannedReason = z.infer<typeof CannedReason>;

/** Who is looking, at which version, and what the forum set: milliseconds a decision can be undone and a claim lasts, its own reasons. */
export const Session = z
  .object({
    moderator: Moderator,
    version: z.string(),
    undoMs: z.number().int(),
    claimMs: z.number().int(),
    reasons: z.array(CannedReason),
    /** Where signing out is done; null when the forum itself knows who is signed in. */
    signOut: z.string().nullable(),
  })
  .openapi("Session");
/** Who is looking. */
export type Session = z.infer<typeof Session>;
