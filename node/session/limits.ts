/**
 * How much one moderator, or one address, may ask of the service in a minute: enough for a fast hand and its bulk actions, too little
 * for guessing and flooding. Counted in this process.
 */
import type { Context as HonoContext, MiddlewareHandler } from "hono";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { problem, problemResponse } from "../api/problems.js";

/** Requests a minute. */
export type Limits = {
  /** Changes by one moderator. Default 300. */
  writes: number;
  /** Changes from one address. Default 1200: many moderators may sit behind one. */
  writesFromAddress: number;
  /** Steps of signing in from one address. Default 30. */
  signIns: number;
};

/** The limits when the host sets none. */
export const LIMITS: Limits = { writes: 300, writesFromAddress: 1_200, signIns: 30 };

const WINDOW_SECONDS = 60;

/** Who counts as one; undefined where it is not known, and nobody is counted. */
type KeyOf = (c: HonoContext) => string | undefined;

const seconds = (left: RateLimiterRes) => Math.ceil(left.msBeforeNext / 1000);

/** `RateLimit` and `RateLimit-Policy` as draft-ietf-httpapi-ratelimit-headers-10 writes them. */
function told(c: HonoContext, name: string, points: number, left: RateLimiterRes) {
  c.header("RateLimit-Policy", `"${name}";q=${points};w=${WINDOW_SECONDS}`, { append: true });
  c.header("RateLimit", `"${name}";r=${left.remainingPoints};t=${seconds(left)}`, { append: true });
}

/** Lets `points` requests a minute of each key through. A host's own store of counts is not needed: each process counts for itself. */
export function limited(name: string, points: number, keyOf: KeyOf): MiddlewareHandler {
  const limiter = new RateLimiterMemory({ points, duration: WINDOW_SECONDS });
  return async (c, next) => {
    const key = keyOf(c);
    if (key === undefined) {
      await next();
      return;
    }
    const left = await limiter.consume(key).catch((refused: unknown) => {
      if (refused instanceof RateLimiterRes) return refused;
      throw refused;
    });
    if (left.consumedPoints > points) {
      c.res = problemResponse(problem("rate-limited", `there is room again in ${seconds(left)} seconds: wait, then try again`));
      c.header("Retry-After", String(seconds(left)));
    } else await next();
    // After the answer is made: a refusal further in makes one of its own, without what was set before.
    told(c, name, points, left);
  };
}

const changesOnly =
  (middleware: MiddlewareHandler): MiddlewareHandler =>
  (c, next) =>
    c.req.method === "GET" || c.req.method === "HEAD" ? next() : middleware(c, next);

/** What limits changes: by moderator (who must be known by then), and by address where the host says it. */
export function limitChanges(limits: Limits | null, networkOf: (request: Request) => string | undefined): MiddlewareHandler[] {
  if (limits === null) return [];
  const { writes, writesFromAddress } = limits;
  const byAddress = limited("changes-from-address", writesFromAddress, (c) => networkOf(c.req.raw));
  const byModerator = limited("changes", writes, (c) => c.get("moderator")?.id);
  return [byAddress, byModerator].map(changesOnly);
}
