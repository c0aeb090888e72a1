/**
 * The wire's submission as a schema: what a host may hand over, and nothing more.
 *
 * A host's objects often carry more than the wire names (request objects, headers, tokens). Parsing with these schemas keeps the
 * wire's fields and drops the rest, so that a secret reaches neither the engine, the log nor the store.
 *
 * The shapes repeat the types generated from the core (`countersign`); `wire.test.ts` fails to compile when the two part.
 */
import { z } from "@hono/zod-openapi";

/** What the host knows an account to be. */
export const AuthorKind = z.enum(["human", "agent", "service", "unknown"]);

/** The account a post comes from. */
export const Author = z.object({
  id: z.string().min(1),
  handle: z.string().optional(),
  kind: AuthorKind.optional(),
  groups: z.array(z.string()).optional(),
});

/** How a post reached the host; never the credential itself. */
export const Client = z.object({
  channel: z.enum(["web", "api", "email", "federation", "internal"]).optional(),
  auth: z.enum(["session", "token", "oauth", "signature"]).optional(),
  app: z.string().optional(),
  userAgent: z.string().optional(),
  verifiedAgent: z.string().optional(),
});

const count = z.number().int().nonnegative().max(0xffff_ffff);

/** How a post was typed: milliseconds, keys, UTF-16 units. */
export const Composition = z.object({ ms: count.optional(), keystrokes: count.optional(), pastedChars: count.optional() });

/** What an author declares about a post. */
export const Declared = z.object({
  digitalSourceType: z.string().optional(),
  disclosure: z.enum(["none", "ai-assisted", "ai-generated", "autonomous"]).optional(),
});

/** What somebody, or something, wants to publish. */
export const Post = z.object({
  id: z.string().optional(),
  thread: z.string().optional(),
  replyTo: z.string().optional(),
  at: z.string().optional(),
  body: z.string(),
  format: z.enum(["markdown", "html", "plain"]).optional(),
  fields: z.record(z.string(), z.string()).optional(),
  author: Author,
  onBehalfOf: z.string().optional(),
  client: Client.optional(),
  composition: Composition.optional(),
  declared: Declared.optional(),
  revises: z.string().optional(),
});

/** A post already in the thread. */
export const ThreadPost = z.object({
  id: z.string(),
  author: z.string(),
  kind: AuthorKind.optional(),
  handle: z.string().optional(),
  groups: z.array(z.string()).optional(),
  at: z.string().optional(),
  editedAt: z.string().optional(),
  editedBy: z.string().optional(),
  deletedAt: z.string().optional(),
  replyTo: z.string().optional(),
  body: z.string(),
});

/** The thread a post would appear in. */
export const Thread = z.object({
  id: z.string(),
  author: z.string().optional(),
  title: z.string().optional(),
  category: z.string().optional(),
  posts: z.array(ThreadPost).optional(),
});

/** A permission for one agent to publish, as the engine is told of it once the gate has verified it. */
export const Grant = z.object({
  id: z.string(),
  agent: z.string(),
  by: z.string(),
  onBehalfOf: z.string().optional(),
  thread: z.string(),
  action: z.enum(["reply", "topic"]),
  notBefore: z.string(),
  expires: z.string(),
  uses: count,
  contentHash: z.string().optional(),
});

/**
 * What a host hands over. `now` may be left out: the gate's clock fills it. `grants` are not taken from a host's submission: the
 * gate only believes tokens it has verified itself.
 */
export const SubmissionInput = z.object({ id: z.string().optional(), post: Post, thread: Thread.optional(), now: z.string().optional() });

/** What a host hands over. */
export type SubmissionInput = z.infer<typeof SubmissionInput>;
