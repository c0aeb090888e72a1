/**
 * How a room puts its routes under `/api/v1`, and the words routes are described with.
 */
import { type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Gate, GateOptions } from "../../api/host.js";
import { PROBLEMS, type ProblemKind } from "../../api/problems.js";
import { Problem } from "../../api/schema.js";
import type { Context } from "../../context.js";
import type { Learning } from "../../learning/room.js";
import type { Metrics } from "../../metrics/metrics.js";
import type { Access } from "../../session/access.js";
import type { Env } from "../guard.js";
import { KEY } from "../idempotency.js";

/** What the handler is built from. */
export type AppOptions = {
  gate: Omit<Gate, "fetch" | "signInLink">;
  context: Context;
  access: Access;
  metrics: Metrics;
  /** What a forum submits with; undefined where none does over HTTP. */
  submitToken?: string | undefined;
  learning: Learning;
  reader?: GateOptions["reader"];
};

/** An application that knows who is asking. */
export type App = OpenAPIHono<Env>;

/** Puts a room's routes onto the API; each is described, so that the OpenAPI document holds it. */
export type Mount = (api: App, options: AppOptions) => void;

/** A described JSON answer. */
export const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { "application/json": { schema } },
});

const ANYONE: ProblemKind[] = ["unauthenticated", "internal"];
const WRITING: ProblemKind[] = ["malformed-request", "cross-site", "role-insufficient", "too-large", "rate-limited"];
const REPEATABLE: ProblemKind[] = ["request-in-flight", "idempotency-mismatch"];

/** What any request that changes something can be refused with. */
export const WRITE: readonly ProblemKind[] = WRITING;

/** What a POST can be refused with before it is looked at. */
export const POST: readonly ProblemKind[] = [...WRITING, ...REPEATABLE];

/**
 * The refusals of a route as its described answers: those of every route, and `kinds`. They are told by throwing a `ProblemError`,
 * so the handler's own type knows nothing of them.
 */
export function refusals(...kinds: ProblemKind[]): Record<never, never> {
  const byStatus = new Map<number, string[]>();
  for (const kind of new Set([...ANYONE, ...kinds])) {
    const { status, title } = PROBLEMS[kind];
    byStatus.set(status, [...(byStatus.get(status) ?? []), `\`urn:countersign:problem:${kind}\`: ${title}`]);
  }
  const content = { "application/problem+json": { schema: Problem } };
  return Object.fromEntries([...byStatus].map(([status, lines]) => [status, { description: lines.join("\n\n"), content }]));
}

/** The headers of a POST: what makes it safe to send again. */
export const repeatable = z.object({
  "idempotency-key": z
    .string()
    .regex(KEY)
    .optional()
    .openapi({ description: "the same request with the same key is answered the same for 24 hours and done once" }),
});

/** Who may read, and who may write: the forum's own sign-in, and for changes the header only its own pages can send. */
export const READS = { security: [{ moderator: [] }] };
/** The same for routes that change something. */
export const WRITES = { security: [{ moderator: [], ownPage: [] }] };

/** Routes anybody may ask; they stand beside the API, right under the gate's `basePath`. */
export const OPEN = { security: [], servers: [{ url: "/countersign", description: "the gate's `basePath`" }] };

/** The id of a post in a path. */
export const id = z.object({ id: z.string().max(100) });
