/**
 * The routes of signing in, described once for the handler and the OpenAPI document.
 */
import { createRoute, z } from "@hono/zod-openapi";
import { Problem } from "../api/schema.js";
import { OPEN } from "../review/routes/mount.js";

const page = (description: string) => ({ description, content: { "text/html": { schema: z.string() } } });
const refusal = (description: string) => ({ description, content: { "application/problem+json": { schema: Problem } } });
const away = (description: string) => ({ description });
const refusals = { 429: refusal("too many sign-ins from this address") };
const described = { tags: ["sign-in"], ...OPEN };

export const signIn = createRoute({
  ...described,
  operationId: "beginSignIn",
  method: "get",
  path: "/signin",
  summary: "Begins to sign in",
  responses: {
    200: page("how to sign in"),
    302: away("to the identity provider, or to the forum"),
    503: page("the provider is away"),
    ...refusals,
  },
});

export const callback = createRoute({
  ...described,
  operationId: "finishSignIn",
  method: "get",
  path: "/signin/callback",
  summary: "Where the identity provider sends people back",
  responses: {
    302: away("to the review page"),
    400: page("the answer does not hold"),
    403: page("no role"),
    404: refusal("no provider"),
    ...refusals,
  },
});

export const linkPage = createRoute({
  ...described,
  operationId: "showLink",
  method: "get",
  path: "/signin/link",
  summary: "Where a one-time link leads; opening it uses nothing up",
  responses: { 200: page("asks to confirm"), 404: refusal("there are no links here") },
});

export const takeLink = createRoute({
  ...described,
  operationId: "takeLink",
  method: "post",
  path: "/signin/link",
  summary: "Uses a one-time link",
  request: { body: { required: true, content: { "application/json": { schema: z.object({ token: z.string().max(200) }) } } } },
  responses: {
    200: { description: "signed in", content: { "application/json": { schema: z.object({ next: z.string() }) } } },
    403: refusal("used, too old, or never a link"),
    404: refusal("there are no links here"),
    ...refusals,
  },
});

export const signOutPage = createRoute({
  ...described,
  operationId: "askSignOut",
  method: "get",
  path: "/signout",
  summary: "Asks whether to sign out",
  responses: { 200: page("a button") },
});

export const signOut = createRoute({
  ...described,
  operationId: "signOut",
  method: "post",
  path: "/signout",
  summary: "Signs out",
  responses: { 303: away("to a page that says so"), 403: refusal("not from this site") },
});

export const signedOut = createRoute({
  ...described,
  operationId: "showSignedOut",
  method: "get",
  path: "/signedout",
  summary: "Says that one is signed out",
  responses: { 200: page("signed out") },
});
