/**
 * `POST /api/v1/submissions`: the gate for forums that are not written in JavaScript, or run elsewhere. The forum has a token; no
 * browser has, so there is nothing here for another site to forge.
 */
import { createRoute } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { ProblemError } from "../api/problems.js";
import { SubmissionOutcome, SubmissionRequest } from "../api/schema.js";
import type { SubmissionInput } from "../api/wire.js";
import { json, type Mount, OPEN, refusals } from "../review/routes/mount.js";
import { bearer, same } from "../session/secret.js";

/** The most a submission may weigh with its thread, in bytes. A post the engine cannot read whole is held long before. */
const LARGEST_BODY = 8_388_608;

const PATH = "/api/v1/submissions";

const submit = createRoute({
  method: "post",
  path: PATH,
  operationId: "submit",
  summary: "Judge a post before it becomes visible",
  description:
    "Once this is answered, what it says is durable. A `hold` or `block` is an answer, not an error: its `problem` is what the author is told.",
  tags: ["submissions"],
  ...OPEN,
  security: [{ submitToken: [] }],
  request: { body: { required: true, content: { "application/json": { schema: SubmissionRequest } } } },
  responses: {
    200: json(SubmissionOutcome, "what became of it"),
    ...refusals("malformed-request", "malformed-submission", "too-large", "store-unavailable"),
  },
});

/** Mounts it, where the host set a token. */
export const mountSubmissions: Mount = (app, { gate, submitToken }) => {
  if (submitToken === undefined) return;
  app.use(PATH, async (c, next) => {
    const given = bearer(c.req.raw);
    if (given === undefined || !same(given, submitToken))
      throw new ProblemError("unauthenticated", "send the forum's own token as `Authorization: Bearer …`");
    c.header("cache-control", "no-store");
    await next();
  });
  const onError = () => {
    throw new ProblemError("too-large", "a submission is at most 8 MiB: send fewer posts of its thread");
  };
  app.use(PATH, bodyLimit({ maxSize: LARGEST_BODY, onError }));
  app.openapi(submit, async (c) => {
    const { submission, grant } = c.req.valid("json");
    const outcome = await gate.submit(submission as unknown as SubmissionInput, grant === undefined ? {} : { grant });
    return c.json(outcome as unknown as SubmissionOutcome, 200);
  });
};
