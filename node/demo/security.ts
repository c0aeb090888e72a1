/**
 * What every answer and every request of the forum must keep to.
 */
import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { refuse } from "./problem.js";

/** The header a page sends with each change; a form on another site cannot. */
export const REQUEST_HEADER = "x-forum-request";

/** A strict CSP: own files only, `wasm-unsafe-eval` for the engine, Trusted Types for everything that could become script. */
export const headers = (): MiddlewareHandler =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
      workerSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      connectSrc: ["'self'"],
      baseUri: ["'self'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
      requireTrustedTypesFor: ["'script'"],
      trustedTypes: ["lit-html", "countersign"],
    },
    strictTransportSecurity: false,
    referrerPolicy: "same-origin",
    xFrameOptions: "DENY",
  });

/** The names of this machine, which are the forum's. */
export const HOSTS = ["127.0.0.1", "localhost", "[::1]"];

/** Refuses names that are not this machine's, so that no site can reach the forum by pointing its own name here. */
export const localOnly: MiddlewareHandler = async (context, next) => {
  const { hostname } = new URL(context.req.url);
  if (!HOSTS.includes(hostname)) throw refuse(403, "unknown host", `the demo answers to \`localhost\` only, not to \`${hostname}\``);
  await next();
};

/** Refuses a change by session that does not come from the forum's own page; a page elsewhere can send none of the other headers. */
export const ownPageOnly: MiddlewareHandler = async (context, next) => {
  const { method } = context.req;
  const agent = ["authorization", "signature-input"].some((name) => context.req.header(name) !== undefined);
  const foreign = !["same-origin", undefined].includes(context.req.header("sec-fetch-site"));
  if (method !== "GET" && method !== "HEAD" && !agent && (foreign || context.req.header(REQUEST_HEADER) !== "1")) {
    throw refuse(
      403,
      "not from this page",
      "send the header `X-Forum-Request: 1` from the forum's own page, or a bearer token or signature",
    );
  }
  await next();
};
