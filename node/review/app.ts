/**
 * The gate over HTTP: a web-standard handler with the review API, the review page and the client's files.
 */
import { OpenAPIHono } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import type { Gate, GateOptions } from "../api/host.js";
import { ProblemError, problem, problemResponse } from "../api/problems.js";
import type { Context } from "../context.js";
import { exposureRoute } from "../exposure/routes.js";
import type { Learning } from "../learning/room.js";
import { LARGE_BODIES, learningRoutes } from "../learning/routes.js";
import { reportRoutes } from "../report/routes.js";
import { statisticsRoutes } from "../statistics/routes.js";
import { assets, VERSION } from "./assets.js";
import { events } from "./events.js";
import { clientHeaders, decidersOnly, type Env, moderatorsOnly, strictHeaders } from "./guard.js";
import * as routes from "./routes.js";

/** What the handler is built from. */
export type AppOptions = {
  gate: Omit<Gate, "fetch">;
  context: Context;
  learning: Learning;
  reader?: GateOptions["reader"];
  authenticate: GateOptions["authenticate"];
  basePath: string;
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

function reading(api: App, { gate, context }: AppOptions) {
  api.openapi(routes.session, (c) => c.json({ moderator: c.var.moderator, version: VERSION, ...context.desk, signOut: null }, 200));
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

const tooLarge = (bytes: number) => () => {
  throw new ProblemError("too-large", `this takes at most ${Math.floor(bytes / 1000)} kB: shorten the text`);
};

function newApi(options: AppOptions): App {
  const api: App = new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (result.success) return;
      const [issue] = result.error.issues;
      const place = issue?.path.join(".") ?? "";
      throw new ProblemError(
        "malformed-request",
        `\`${place}\`: ${issue?.message.toLowerCase() ?? "cannot be read"}; correct it and send it again`,
      );
    },
  });
  api.use(moderatorsOnly(options.authenticate), decidersOnly);
  for (const [path, maxSize] of Object.entries(LARGE_BODIES)) api.use(path, bodyLimit({ maxSize, onError: tooLarge(maxSize) }));
  const small = bodyLimit({ maxSize: LARGEST_BODY, onError: tooLarge(LARGEST_BODY) });
  const large = Object.keys(LARGE_BODIES);
  api.use(async (c, next) => (large.some((path) => c.req.path.endsWith(path)) ? next() : small(c, next)));
  api.get("/events", (c) => events(options.context, c));
  reading(api, options);
  deciding(api, options);
  learningRoutes(api, options.learning);
  statisticsRoutes(api, options.context);
  reportRoutes(api, options.context);
  const info = { title: "Countersign review API", version: VERSION };
  api.doc31("/openapi.json", { openapi: "3.1.0", info });
  return api;
}

function pages(app: App, { authenticate, basePath }: AppOptions) {
  const onlyModerators = moderatorsOnly(authenticate);
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
  const app: App = new OpenAPIHono<Env>().basePath(options.basePath) as App;
  app.use(async (c, next) => (c.req.path.startsWith(`${options.basePath}/client/`) ? next() : strictHeaders(c, next)));
  answerErrors(app, options.context);
  app.get("/healthz", async (c) => {
    const health = await options.gate.health();
    return c.json(health, health.ok ? 200 : 503, { "cache-control": "no-store" });
  });
  if (options.reader) exposureRoute(app, options.context, options.reader);
  app.route("/api/v1", newApi(options));
  pages(app, options);
  return app;
}
