/**
 * What the queue can be asked for, and how it answers.
 */
import { z } from "@hono/zod-openapi";
import { PostState, PostSummary, Severity } from "./post.js";

/** How many posts stand where; `open` is held and claimed together, `escalated` those of them that wait for a lead. */
export const Counts = z
  .object({
    open: z.number().int(),
    escalated: z.number().int(),
    approved: z.number().int(),
    rejected: z.number().int(),
    returned: z.number().int(),
    blocked: z.number().int(),
    flagged: z.number().int(),
  })
  .openapi("Counts");
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

/** `critical`: most severe first, of those the longest waiting; `oldest`, `newest`: by the time of submission. */
export const PostOrder = z.enum(["critical", "oldest", "newest"]);
/** In which order. */
export type PostOrder = z.infer<typeof PostOrder>;

const name = z.string().min(1).max(200);

/** What a list of posts is narrowed to; all that are given must fit. */
export const PostQuery = z
  .object({
    state: PostFilter.optional(),
    order: PostOrder.optional(),
    /** At least this severe. */
    severity: Severity.optional(),
    /** The id of the author or of the registered agent. */
    author: name.optional(),
    rule: name.optional(),
    category: name.optional(),
    /** `me`, `others`, `nobody`, or a moderator's id after `by:`. */
    claimed: z.union([z.enum(["me", "others", "nobody"]), z.string().regex(/^by:.{1,200}$/)]).optional(),
    escalated: z.stringbool().optional(),
    /** Submitted at least this many milliseconds ago. */
    olderThan: z.coerce.number().int().nonnegative().optional(),
    /** Words that all occur in the text, the author's name, the thread's title or the rules. */
    q: z.string().max(200).optional(),
  })
  .openapi("PostQuery");
/** What a list of posts is narrowed to. */
export type PostQuery = z.infer<typeof PostQuery>;

/** What the queue can be filtered by now, with how many posts each has; the most frequent first, at most fifty of each. */
export const Facets = z
  .object({
    severities: z.array(z.object({ value: Severity, count: z.number().int() })),
    authors: z.array(z.object({ value: z.string(), handle: z.string(), count: z.number().int() })),
    rules: z.array(z.object({ value: z.string(), count: z.number().int() })),
    categories: z.array(z.object({ value: z.string(), count: z.number().int() })),
  })
  .openapi("Facets");
/** What the queue can be filtered by now. */
export type Facets = z.infer<typeof Facets>;

/** A search a moderator keeps under a name; `query` is the page's own address (`state=open&rule=…`). */
export const SavedView = z.object({ name: z.string().min(1).max(80), query: z.string().max(2000) }).openapi("SavedView");
/** A search a moderator keeps under a name. */
export type SavedView = z.infer<typeof SavedView>;
