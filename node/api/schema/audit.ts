/**
 * The audit log's shapes.
 */
import { z } from "@hono/zod-openapi";

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

/** One page of the audit log; `next` is the cursor of the page after it. */
export const AuditPage = z.object({ entries: z.array(AuditEntry), next: z.string().nullable() }).openapi("AuditPage");
/** One page of the audit log. */
export type AuditPage = z.infer<typeof AuditPage>;

/** Whether the chain holds from its first entry on, or which entry is the first that does not. */
export const AuditVerification = z
  .union([
    z.object({ ok: z.literal(true), entries: z.number().int() }),
    z.object({ ok: z.literal(false), seq: z.number().int(), reason: z.string() }),
  ])
  .openapi("AuditVerification");
/** Whether the chain holds. */
export type AuditVerification = z.infer<typeof AuditVerification>;
