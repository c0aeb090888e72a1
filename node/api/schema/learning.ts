/**
 * What moderators teach the gate: exceptions for false alarms, rules tried on a text, a policy tried on the past.
 */
import { z } from "@hono/zod-openapi";
import type { Verdict } from "countersign";
import { PostState } from "./post.js";

/** Where an exception counts; at least one, and all that are named must fit. `category` `*` is every category. */
export const AllowScope = z
  .object({ category: z.string().max(200).optional(), thread: z.string().max(200).optional(), author: z.string().max(200).optional() })
  .openapi("AllowScope");
/** Where an exception counts. */
export type AllowScope = z.infer<typeof AllowScope>;

/** A false alarm turned into an exception: one rule, or one instruction by its fingerprint. `expires` is RFC 3339, at most a year away. */
export const AllowRequest = z
  .object({
    rule: z.string().max(200).optional(),
    fingerprint: z.string().max(200).optional(),
    scope: AllowScope,
    reason: z.string().min(1).max(1000),
    expires: z.string(),
    /** The post that was the false alarm. */
    postId: z.string().max(100).optional(),
  })
  .openapi("AllowRequest");
/** A false alarm turned into an exception. */
export type AllowRequest = z.infer<typeof AllowRequest>;

/** An exception in force, expired or revoked. */
export const Allowance = AllowRequest.extend({
  id: z.string(),
  by: z.string(),
  at: z.string(),
  revokedAt: z.string().nullable(),
  /** Why what was just made or revoked does not count yet: the policy it belongs to is refused, in the engine's words. */
  notInForce: z.string().optional(),
}).openapi("Allowance");
/** An exception. */
export type Allowance = z.infer<typeof Allowance>;

/** A text to try, as what kind of author, and a rule of one's own (TOML) to try it with. */
export const TryRequest = z
  .object({
    body: z.string().max(100_000),
    kind: z.enum(["human", "agent", "service", "unknown"]).optional(),
    category: z.string().max(200).optional(),
    /** Rule file text in the format of the shipped rules; its own examples are checked first. */
    rule: z.string().max(50_000).optional(),
  })
  .openapi("TryRequest");
/** A text to try. */
export type TryRequest = z.infer<typeof TryRequest>;

/** What the engine says of a tried text; `refused` is why a rule or policy does not hold (then there is no verdict). */
export const TryResult = z
  .object({ verdict: z.custom<Verdict | null>().openapi({ type: ["object", "null"] }), refused: z.string().nullable() })
  .openapi("TryResult");
/** What the engine says of a tried text. */
export type TryResult = z.infer<typeof TryResult>;

/** A policy to try on what was recorded in the last `days` days. */
export const DryRunRequest = z.object({ policy: z.string().max(200_000), days: z.number().int().min(1).max(90) }).openapi("DryRunRequest");
/** A policy to try on the past. */
export type DryRunRequest = z.infer<typeof DryRunRequest>;

/** What another policy would have made of recorded posts: how many were read, how many would change, and the first hundred that would. */
export const DryRunResult = z
  .object({
    refused: z.string().nullable(),
    examined: z.number().int(),
    /** Whether there were more posts than are examined in one run. */
    truncated: z.boolean(),
    /** From one action to another, with how many. */
    moves: z.array(z.object({ from: z.string(), to: z.string(), count: z.number().int() })),
    changed: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        state: PostState,
        submittedAt: z.string(),
        from: z.string(),
        to: z.string(),
        why: z.string(),
      }),
    ),
  })
  .openapi("DryRunResult");
/** What another policy would have made of recorded posts. */
export type DryRunResult = z.infer<typeof DryRunResult>;
