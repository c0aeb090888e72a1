/**
 * Whether the gate can decide: in one word for whoever asks, with its reasons for moderators.
 */
import { z } from "@hono/zod-openapi";

/** Whether the gate decides. `policy-refused`: it does, by the last policy that held. */
export const Alive = z.object({ ok: z.boolean(), code: z.enum(["ready", "canary-failed", "policy-refused"]) }).openapi("Alive");
/** Whether the gate decides. */
export type Alive = z.infer<typeof Alive>;

/** The same with its reasons; `refused` says when (RFC 3339) and why the newest policy or rules were not put in force. */
export const Health = z
  .object({
    ok: z.boolean(),
    canary: z.enum(["passed", "failed"]),
    engine: z.object({ version: z.string(), pack: z.string(), policy: z.string() }).nullable(),
    refused: z.object({ at: z.string(), error: z.string() }).optional(),
  })
  .openapi("Health");
/** Whether the gate can decide. */
export type Health = z.infer<typeof Health>;
