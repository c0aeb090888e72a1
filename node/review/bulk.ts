/**
 * The same step on many posts: each checked and made durable by itself, so that one that cannot be taken leaves the others alone.
 */
import { ProblemError, problem } from "../api/problems.js";
import type { BulkRequest, BulkResult, Moderator } from "../api/schema.js";
import { foresee, type Review, take } from "./decide.js";

type Result = BulkResult["results"][number];

function refused(review: Review, id: string, error: unknown): Result {
  if (error instanceof ProblemError) return { id, ok: false, problem: error.problem };
  review.context.log.log("error", "bulk/failed", { post: id, error: error instanceof Error ? error.name : null });
  return { id, ok: false, problem: problem("internal", "this post could not be decided: look at it again, then try once more") };
}

/**
 * Takes a step on many posts, one after the other, and tells whoever listens once. With `preview` nothing is done.
 *
 * @returns what became of each, or would, in the order asked
 */
export async function bulk(review: Review, request: BulkRequest, moderator: Moderator): Promise<BulkResult> {
  const { step, comment, posts, preview = false } = request;
  const one = preview ? foresee : take;
  const results: Result[] = [];
  for (const seen of posts) {
    const asked = { ...seen, step, moderator, ...(comment === undefined ? {} : { comment }) };
    results.push(
      await one(review, asked).then(
        (after): Result => ({ ok: true, ...after }),
        (error) => refused(review, seen.id, error),
      ),
    );
  }
  if (!preview) review.context.changed.ring();
  return { results };
}
