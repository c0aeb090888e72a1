/**
 * The gate over HTTP: a web-standard handler with the review API, the review page and the client's files.
 */
import { type Hook, OpenAPIHono } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { ProblemError, problem, problemResponse } from "../api/problems.js";
import { mountExport, mountKeys } from "../audit/routes.js";
import type { Context } from "../context.js";
import { exposureRoute } from "../exposure/routes.js";
import { LARGE_BODIES, mountLearning } from "../learning/routes.js";
import { countStreams, mountMetrics } from "../metrics/routes.js";
import { mountReport } from "../report/routes.js";
import { mountSubmissions } from "../serve/submissions.js";
import { limitChanges } from "../session/limits.js";
import { mountSignIn } from "../session/routes.js";
import { mountStatistics } from "../statistics/routes.js";
import { assets } from "./assets.js";
import { clientHeaders, decidersOnly, type Env, moderatorsOnly, moderatorsPage, overHttps, strictHeaders } from "./guard.js";
import { onceOnly } from "./idempotency.js";
import { describe } from "./openapi.js";
import { mountAudit } from "./routes/audit.js";
import { mountDecisions } from "./routes/decisions.js";
import { mountEvents } from "./routes/events.js";
import { mountAlive, mountHealth } from "./routes/health.js";
import type { App, AppOptions, Mount } from "./routes/mount.js";
import { mountPosts } from "./routes/posts.js";
import { mountSession } from "./routes/session.js";
import { mountViews } from "./routes/views.js";

export type { AppOptions } from "./routes/mount.js";

/** Every room's routes: one line each. */
const ROOMS: Mount[] = [
  mountSession,
  mountHealth,
  mountPosts,
  mountDecisions,
  mountViews,
  countStreams,
  mountEvents,
  mountAudit,
  mountExport,
  mountLearning,
  mountStatistics,
  mountReport,
];

/** The most a decision may weigh, in bytes. */
const LARGEST_BODY = 65_536;

const tooLarge = (bytes: number) => () => {
  throw new ProblemError("too-large", `this takes at most ${Math.floor(bytes / 1000)} kB: shorten the text`);
};

/** Refuses what does not fit a route's schema, naming the place. */
const defaultHook: Hook<unknown, Env, string, unknown> = (result) => {
  if (result.success) return;
  const [issue] = result.error.issues;
  const place = issue?.path.join(".") ?? "";
  const what = issue?.message.toLowerCase() ?? "cannot be read";
  throw new ProblemError("malformed-request", `\`${place}\`: ${what}; correct it and send it again`);
};

/** Routes outside the API: open to everybody, each by its own design. */
const OUTSIDE: Mount[] = [mountAlive, mountSignIn, mountKeys, mountMetrics, mountSubmissions];

/** Puts the routes beside the API onto `app`. */
export function mountBeside(app: App, options: AppOptions): App {
  for (const mount of OUTSIDE) mount(app, options);
  return app;
}

/** The review API: who may use it, and every room's routes. */
export function createApi(options: AppOptions): App {
  const { access, context } = options;
  const api = new OpenAPIHono<Env>({ defaultHook });
  api.use(moderatorsOnly(access.authenticate), ...limitChanges(access.limits, access.networkOf), decidersOnly);
  for (const [path, maxSize] of Object.entries(LARGE_BODIES)) api.use(path, bodyLimit({ maxSize, onError: tooLarge(maxSize) }));
  const small = bodyLimit({ maxSize: LARGEST_BODY, onError: tooLarge(LARGEST_BODY) });
  const large = Object.keys(LARGE_BODIES);
  api.use(async (c, next) => (large.some((path) => c.req.path.endsWith(path)) ? next() : small(c, next)));
  api.use(onceOnly(context));
  for (const mount of ROOMS) mount(api, options);
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
  const { access, context } = options;
  const { basePath } = access;
  const app: App = new OpenAPIHono<Env>({ defaultHook }).basePath(basePath) as App;
  app.use(overHttps(access.addressOf));
  app.use(async (c, next) => (c.req.path.startsWith(`${basePath}/client/`) ? next() : strictHeaders(c, next)));
  answerErrors(app, context);
  const api = createApi(options);
  describe(api, mountBeside(app, options));
  if (options.reader) exposureRoute(app, context, options.reader);
  app.route("/api/v1", api);
  pages(app, options);
  return app;
}
