/**
 * Who may do what over HTTP, and what every answer carries: authentication, roles, same-site checks and security headers.
 */
import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { ProblemError } from "../api/problems.js";
import type { Moderator } from "../api/schema.js";
import type { Access } from "../session/access.js";

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
    // Signing out is a form of its own.
    formAction: SELF,
    frameAncestors: SELF,
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ["lit-html"],
  },
  xFrameOptions: "SAMEORIGIN",
  referrerPolicy: "no-referrer",
  permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
  // The forum's own matter, subdomains included: see `overHttps`.
  strictTransportSecurity: false,
});

/** Has browsers come by https only, for half a year, where they already do. Says nothing of the host's subdomains. */
export function overHttps(addressOf: (request: Request) => URL): MiddlewareHandler {
  return async (c, next) => {
    if (addressOf(c.req.raw).protocol === "https:") c.header("strict-transport-security", "max-age=15552000");
    await next();
  };
}

/** Headers for the client's files. A worker lives under the policy its script came with, and this one instantiates WebAssembly. */
export const clientHeaders = secureHeaders({
  contentSecurityPolicy: { defaultSrc: NONE, scriptSrc: ["'self'", "'wasm-unsafe-eval'"], connectSrc: SELF },
  referrerPolicy: "no-referrer",
  strictTransportSecurity: false,
});

/** Lets moderators in. */
export function moderatorsOnly(authenticate: Access["authenticate"]): MiddlewareHandler<Env> {
  return async (c, next) => {
    const moderator = await authenticate(c.req.raw);
    if (moderator === null)
      throw new ProblemError("unauthenticated", "the forum does not know you as a moderator: sign in, then try again");
    c.set("moderator", moderator);
    c.header("cache-control", "no-store");
    await next();
  };
}

/** Lets moderators see a page. Others who come with a browser are sent to sign in, where the gate does that. */
export function moderatorsPage(access: Access): MiddlewareHandler<Env> {
  const only = moderatorsOnly(access.authenticate);
  return async (c, next) => {
    const browses = c.req.header("accept")?.includes("text/html") ?? false;
    if (access.signingIn === null || !browses || (await access.authenticate(c.req.raw)) !== null) return only(c, next);
    return c.redirect(`${access.basePath}/signin`, 302);
  };
}

/** The header only a page's own script can set. */
export const REQUEST_HEADER = "x-countersign-request";

/** Whether another site's page sent a request. */
export function foreign({ headers, url }: Request): boolean {
  // A browser computes this itself, whatever proxies do to the address in between.
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin";
  const origin = headers.get("origin");
  const own = headers.get("host") ?? new URL(url).host;
  return origin !== null && !(URL.canParse(origin) && new URL(origin).host === own);
}

/** Refuses what did not come from a script of our own pages. */
function checkOwn(request: Request) {
  if (request.headers.get(REQUEST_HEADER) !== "1" || foreign(request))
    throw new ProblemError("cross-site", "send `X-Countersign-Request: 1` from the review page's own origin");
}

/** Lets only our own pages' scripts through. */
export const ownScriptOnly: MiddlewareHandler = async (c, next) => {
  checkOwn(c.req.raw);
  await next();
};

/** Lets only moderators who decide, from our own page, change anything. */
export const decidersOnly: MiddlewareHandler<Env> = async (c, next) => {
  if (c.req.method !== "GET" && c.req.method !== "HEAD") {
    checkOwn(c.req.raw);
    if (c.var.moderator.role === "auditor")
      throw new ProblemError("role-insufficient", "an auditor reads and does not decide: ask a moderator");
  }
  await next();
};
