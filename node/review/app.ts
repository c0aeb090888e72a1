/**
 * The gate over HTTP: a web-standard handler with the review API, the review page and the client's files.
 */
import { type Hook, OpenAPIHono } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import type { Gate } from "../api/host.js";
import { ProblemError, problem, problemResponse } from "../api/problems.js";
import type { Context } from "../context.js";
import type { Access } from "../session/access.js";
import { limitChanges } from "../session/limits.js";
import { mountSignIn } from "../session/routes.js";
import { assets, VERSION } from "./assets.js";
import { events } from "./events.js";
import { clientHeaders, decidersOnly, type Env, moderatorsOnly, moderatorsPage, overHttps, strictHeaders } from "./guard.js";
import * as routes from "./routes.js";

/** What the handler is built from. */
export type AppOptions = {
  gate: Omit<Gate, "fetch" | "signInLink">;
  context: Context;
  access: Access;
};

/** The most a decision may weigh, in bytes. */
const LARGEST_BODY = 65_536;

const AUDIT_PAGE = 200;

type App = OpenAPIHono<Env>;

function version(header: string | undefined): number {
  const match = /^"(\d{1,15})"$/.exec(header ?? "");
  if (!match)
    throw new ProblemError("precondition-required", 'send `If-Match: "<version>"` with the version you looked at, as its `ETag` gave it');
  return Number(match[1]);
}

function reading(api: App, { gate, context, access }: AppOptions) {
  const signOut = (request: Request) => (access.signedInHere(request) ? `${access.basePath}/signout` : null);
  api.openapi(routes.session, (c) =>
    c.json({ moderator: c.var.moderator, version: VERSION, ...context.desk, signOut: signOut(c.req.raw) }, 200),
  );
  api.openapi(routes.listPosts, async (c) => {
    const { state, cursor, limit } = c.req.valid("query");
    const query = { ...(state ? { state } : {}), ...(cursor ? { cursor } : {}), ...(limit ? { limit } : {}) };
    return c.json(await gate.review.list(query), 200);
  });
  api.openapi(routes.getPost, async (c) => {
    const post = await gate.review.get(c.req.valid("param").id);
    return c.json(post, 200, { etag: `"${post.version}"` });
  });
  api.openapi(routes.postAudit, async (c) => {
    const post = await gate.review.get(c.req.valid("param").id);
    return c.json({ entries: post.audit }, 200);
  });
  api.openapi(routes.health, async (c) => c.json(await gate.health(), 200));
  api.openapi(routes.verifyAudit, async (c) => c.json(await gate.audit.verify(), 200));
  api.openapi(routes.listAudit, async (c) => {
    const entries = await gate.audit.list({ after: Number(c.req.valid("query").cursor ?? 0), limit: AUDIT_PAGE });
    const next = entries.length === AUDIT_PAGE ? String(entries.at(-1)?.seq) : null;
    return c.json({ entries, next }, 200);
  });
}

function deciding(api: App, { gate }: AppOptions) {
  api.openapi(routes.decidePost, async (c) => {
    const { id, step } = c.req.valid("param");
    const { contentHash, comment } = c.req.valid("json");
    const decision = { contentHash, version: version(c.req.header("if-match")), ...(comment === undefined ? {} : { comment }) };
    const post = await gate.review.decide(step, id, c.var.moderator, decision);
    return c.json(post, 200, { etag: `"${post.version}"` });
  });
}

/** Refuses what does not fit a route's schema, naming the place. */
const defaultHook: Hook<unknown, Env, string, unknown> = (result) => {
  if (result.success) return;
  const [issue] = result.error.issues;
  const place = issue?.path.join(".") ?? "";
  const what = issue?.message.toLowerCase() ?? "cannot be read";
  throw new ProblemError("malformed-request", `\`${place}\`: ${what}; correct it and send it again`);
};

/** The document of every route there is, those outside the API too. */
function document(app: App, api: App) {
  const info = { title: "Countersign review API", version: VERSION };
  api.get("/openapi.json", (c) => c.json(app.getOpenAPI31Document({ openapi: "3.1.0", info })));
}

function newApi(options: AppOptions): App {
  const api: App = new OpenAPIHono<Env>({ defaultHook });
  api.use(moderatorsOnly(options.access.authenticate), ...limitChanges(options.access.limits, options.access.networkOf), decidersOnly);
  const onError = () => {
    throw new ProblemError("too-large", "a decision is at most 64 KiB: shorten the comment");
  };
  api.use(bodyLimit({ maxSize: LARGEST_BODY, onError }));
  api.get("/events", (c) => events(options.context, c));
  reading(api, options);
  deciding(api, options);
  return api;
}

function pages(app: App, { access }: AppOptions) {
  const { basePath } = access;
  const onlyModerators = moderatorsPage(access);
  app.get("/review", onlyModerators, (c) => c.redirect(`${basePath}/review/`));
  app.get("/review/*", onlyModerators, assets("www/review", `${basePath}/review`));
  app.get("/client/*", clientHeaders, assets("client", `${basePath}/client`));
}

function answerErrors(app: App, { log }: Context) {
  app.notFound(() => problemResponse(problem("not-found", "this address leads nowhere: start at `/review/`")));
  app.onError((error) => {
    if (error instanceof ProblemError) return problemResponse(error.problem);
    if (error instanceof HTTPException && error.status < 500)
      return problemResponse(problem("malformed-request", "the body is not the JSON this route takes: correct it and send it again"));
    log.log("error", "http/failed", { error: error.name });
    return problemResponse(problem("internal", "try again; if it stays, give the time of this answer to whoever runs the forum"));
  });
}

/** Builds the handler. */
export function createApp(options: AppOptions): App {
  const { access, context, gate } = options;
  const { basePath } = access;
  const app: App = new OpenAPIHono<Env>({ defaultHook }).basePath(basePath) as App;
  app.use(overHttps(access.addressOf));
  app.use(async (c, next) => (c.req.path.startsWith(`${basePath}/client/`) ? next() : strictHeaders(c, next)));
  answerErrors(app, context);
  app.openapi(routes.healthz, async (c) => {
    const { ok, canary, refused } = await gate.health();
    const code = canary === "failed" ? "canary-failed" : refused ? "policy-refused" : "ready";
    return c.json({ ok, code } as const, ok ? 200 : 503, { "cache-control": "no-store" });
  });
  mountSignIn(app, { access, context });
  const api = newApi(options);
  document(app, api);
  app.route("/api/v1", api);
  pages(app, options);
  return app;
}
