/**
 * Who may do what over HTTP, and what every answer carries: authentication, roles, same-site checks and security headers.
 */
import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { GateOptions } from "../api/host.js";
import { ProblemError } from "../api/problems.js";
import type { Moderator } from "../api/schema.js";

/** What the routes know of a request. */
export type Env = { Variables: { moderator: Moderator } };

const NONE = ["'none'"];
const SELF = ["'self'"];

/** Headers for the API and the review page: nothing runs, loads or frames that is not ours. */
export const strictHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: NONE,
    scriptSrc: SELF,
    styleSrc: SELF,
    imgSrc: ["'self'", "data:"],
    connectSrc: SELF,
    fontSrc: SELF,
    baseUri: NONE,
    formAction: NONE,
    frameAncestors: SELF,
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ["lit-html"],
  },
  xFrameOptions: "SAMEORIGIN",
  referrerPolicy: "no-referrer",
  permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
});

/** Headers for the client's files. A worker lives under the policy its script came with, and this one instantiates WebAssembly. */
export const clientHeaders = secureHeaders({
  contentSecurityPolicy: { defaultSrc: NONE, scriptSrc: ["'self'", "'wasm-unsafe-eval'"], connectSrc: SELF },
  referrerPolicy: "no-referrer",
});

/** Lets moderators in. */
export function moderatorsOnly(authenticate: GateOptions["authenticate"]): MiddlewareHandler<Env> {
  return async (c, next) => {
    const moderator = await authenticate(c.req.raw);
    if (moderator === null)
      throw new ProblemError("unauthenticated", "the forum does not know you as a moderator: sign in, then try again");
    c.set("moderator", moderator);
    c.header("cache-control", "no-store");
    await next();
  };
}

/** The header only a page's own script can set. */
export const REQUEST_HEADER = "x-countersign-request";

/** Whether a request that changes something did not come from a page of this site's own. */
export function crossSite(request: Request): boolean {
  const { headers, url } = request;
  if (headers.get(REQUEST_HEADER) !== "1") return true;
  // A browser computes this itself, whatever proxies do to the address in between.
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin";
  const origin = headers.get("origin");
  const own = headers.get("host") ?? new URL(url).host;
  return origin !== null && !(URL.canParse(origin) && new URL(origin).host === own);
}

/** Lets only moderators who decide, from our own page, change anything. */
export const decidersOnly: MiddlewareHandler<Env> = async (c, next) => {
  if (c.req.method !== "GET" && c.req.method !== "HEAD") {
    if (crossSite(c.req.raw)) throw new ProblemError("cross-site", "send `X-Countersign-Request: 1` from the review page's own origin");
    if (c.var.moderator.role === "auditor")
      throw new ProblemError("role-insufficient", "an auditor reads and does not decide: ask a moderator");
  }
  await next();
};
