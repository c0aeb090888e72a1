/**
 * What happened over time.
 */
import { z } from "@hono/zod-openapi";

/** Milliseconds: the middle one, the one that only one in twenty exceeds, and of how many; null when there are none. */
export const Spread = z.object({ p50: z.number().nullable(), p95: z.number().nullable(), count: z.number().int() }).openapi("Spread");
/** Milliseconds: the middle one, the one that only one in twenty exceeds. */
export type Spread = z.infer<typeof Spread>;

const day = z.object({
  /** `2026-11-22`, UTC. */
  day: z.string(),
  held: z.number().int(),
  blocked: z.number().int(),
  flagged: z.number().int(),
  approved: z.number().int(),
  rejected: z.number().int(),
});

/**
 * The figures of a span of days (both included, UTC). `timeToHold`: from the post's own time to when the gate held it (its `post.at`,
 * where the host says); `timeToDecision`: from hold to decision; `exposure`: people who saw an affected post before it was held,
 * veiled or taken down.
 */
export const Statistics = z
  .object({
    from: z.string(),
    to: z.string(),
    days: z.array(day),
    byRule: z.array(z.object({ rule: z.string(), count: z.number().int(), falseAlarms: z.number().int() })),
    byAgent: z.array(z.object({ agent: z.string(), held: z.number().int(), rejected: z.number().int(), approved: z.number().int() })),
    timeToHold: Spread,
    timeToDecision: Spread,
    exposure: z.object({ posts: z.number().int(), people: z.number().int() }),
  })
  .openapi("Statistics");
/** The figures of a span of days. */
export type Statistics = z.infer<typeof Statistics>;

/** What happened around one post, for an incident report: entries in time, oldest first. */
export const IncidentReport = z
  .object({
    postId: z.string(),
    generatedAt: z.string(),
    summary: z.record(z.string(), z.unknown()),
    timeline: z.array(z.object({ at: z.string(), who: z.string(), what: z.string(), detail: z.record(z.string(), z.unknown()) })),
  })
  .openapi("IncidentReport");
/** What happened around one post. */
export type IncidentReport = z.infer<typeof IncidentReport>;
