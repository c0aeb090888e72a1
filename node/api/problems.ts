/**
 * Every refusal Countersign makes, as data: RFC 9457 problems with stable types, in words a person, or an agent, can act on.
 */
import type { PostDetail, Problem, Remaining } from "./schema.js";

type Kind = { status: number; title: string; allowedBy?: string };

/** The kinds of problem. The type is `urn:countersign:problem:` and the key. */
export const PROBLEMS = {
  unrequested: {
    status: 403,
    title: "nobody asked for this post here",
    allowedBy: "the person the draft went to publishes it, or someone in the thread asks this agent to answer there",
  },
  held: {
    status: 403,
    title: "held until a moderator decides",
    allowedBy: "a moderator who is not the agent, its operator, its invoker or the asker approves it",
  },
  refused: { status: 403, title: "not published", allowedBy: "a moderator decides otherwise" },
  undecided: { status: 503, title: "held because it could not be checked", allowedBy: "a moderator approves it" },
  "malformed-submission": { status: 400, title: "the submission cannot be read" },
  "malformed-request": { status: 400, title: "the request cannot be read" },
  "store-unavailable": { status: 503, title: "not published, because it could not be recorded" },
  "signature-malformed": {
    status: 400,
    title: "the request's signature cannot be read",
    allowedBy: "the agent signs as Web Bot Auth says, with a nonce",
  },
  "signature-refused": {
    status: 401,
    title: "the request's signature does not hold",
    allowedBy: "the agent signs the request again, with a key its registered origin publishes",
  },
  "signature-replayed": { status: 429, title: "this request was sent before", allowedBy: "the agent signs it again with a new nonce" },
  "keys-unavailable": { status: 503, title: "the agent's keys cannot be fetched", allowedBy: "its operator brings its key directory back" },
  unauthenticated: { status: 401, title: "sign in as a moderator" },
  "role-insufficient": { status: 403, title: "this role reads and does not decide" },
  "cross-site": { status: 403, title: "the request did not come from this site's own page" },
  "rate-limited": { status: 429, title: "too many requests in a short time", allowedBy: "waiting as long as `Retry-After` says" },
  "sign-in-refused": { status: 403, title: "this sign-in does not count", allowedBy: "signing in again from the start" },
  "conflict-of-interest": { status: 403, title: "someone else has to approve this" },
  "not-found": { status: 404, title: "there is nothing here" },
  "state-conflict": { status: 409, title: "the post does not allow this step any more" },
  "content-changed": { status: 409, title: "the content changed since you looked at it" },
  stale: { status: 412, title: "someone else changed the post since you looked at it" },
  "still-unsafe": {
    status: 409,
    title: "what is left would still change permissions",
    allowedBy: "a moderator takes out the findings that remain too, or decides on the whole post",
  },
  "too-many": { status: 409, title: "there is no room for another one" },
  "request-in-flight": { status: 409, title: "the same request is being answered" },
  "idempotency-mismatch": { status: 422, title: "this key was used for another request" },
  "precondition-required": { status: 428, title: "say which version you decide on" },
  "too-many-requests": { status: 429, title: "too many requests" },
  "too-large": { status: 413, title: "the request is too large" },
  internal: { status: 500, title: "something went wrong on our side" },
} as const satisfies Record<string, Kind>;

/** A kind of problem. */
export type ProblemKind = keyof typeof PROBLEMS;

/** What a problem can say beyond its kind. */
export type ProblemExtras = { draft?: string; postId?: string; current?: PostDetail; findings?: Remaining[] };

/** The problem of a kind, with its detail. */
export function problem(kind: ProblemKind, detail: string, extras: ProblemExtras = {}): Problem {
  return { type: `urn:countersign:problem:${kind}`, ...PROBLEMS[kind], detail, ...extras };
}

/** A refusal as an exception: `problem` is what an HTTP host answers. */
export class ProblemError extends Error {
  override name = "ProblemError";
  readonly kind: ProblemKind;
  readonly problem: Problem;

  constructor(kind: ProblemKind, detail: string, extras: ProblemExtras = {}) {
    super(detail);
    this.kind = kind;
    this.problem = problem(kind, detail, extras);
  }

  /** The same refusal, saying more. */
  with(extras: ProblemExtras): ProblemError {
    return new ProblemError(this.kind, this.message, extras);
  }
}

/** A problem as an HTTP answer. */
export function problemResponse(body: Problem): Response {
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
  });
}
