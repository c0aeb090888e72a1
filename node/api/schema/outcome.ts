/**
 * What a forum that submits over HTTP sends, and what it gets back.
 */
import { z } from "@hono/zod-openapi";
import { Problem } from "./decision.js";

/** A post to be judged (`post`, `thread`, `now` as the wire says), with the token of a grant where there is one. */
export const SubmissionRequest = z
  .object({ submission: z.record(z.string(), z.unknown()), grant: z.string().max(8_192).optional() })
  .openapi("SubmissionRequest");
/** A post to be judged. */
export type SubmissionRequest = z.infer<typeof SubmissionRequest>;

/** What became of it: publish what is `publish`, `label` or `flag`; of the rest `problem` says what its author is to be told. */
export const SubmissionOutcome = z
  .object({
    action: z.enum(["publish", "label", "flag", "hold", "block"]),
    verdict: z.record(z.string(), z.unknown()).optional(),
    undecided: z.string().optional(),
    postId: z.string(),
    contentHash: z.string(),
    notes: z.array(z.string()),
    problem: Problem.optional(),
  })
  .openapi("SubmissionOutcome");
/** What became of a submission. */
export type SubmissionOutcome = z.infer<typeof SubmissionOutcome>;
