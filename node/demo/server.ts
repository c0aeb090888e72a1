/**
 * The demo forum's server: Countersign's gate and the forum's own routes in one Hono app.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { createGate, type Gate, type GateOptions, ProblemError, problemResponse } from "../index.js";
import { Forum } from "./forum.js";
import { metadataOf } from "./metadata.js";
import { AGENT, OPERATOR } from "./people.js";
import { problem } from "./problem.js";
import { agentRoutes } from "./routes/agent.js";
import type { Demo } from "./routes/context.js";
import { feedRoutes } from "./routes/feed.js";
import { sessionRoutes } from "./routes/session.js";
import { threadRoutes } from "./routes/threads.js";
import { HOSTS, headers, localOnly, ownPageOnly } from "./security.js";
import { seed } from "./seed.js";
import { Sessions } from "./session.js";
import { ForumStore } from "./store.js";
import { type Launch, launchProcess, Tasks } from "./tasks.js";

/** Options of `createDemo`. */
export interface DemoOptions {
  /** Where both databases are kept; made when it is not there. */
  dataDir: string;
  /** How the agent's process is started. */
  launch?: Launch;
  /** More for the gate, such as another engine. */
  gate?: Partial<Pick<GateOptions, "engine" | "deadlineMs" | "now" | "log" | "policy" | "policyFile" | "undoMs">>;
}

/** A running demo. */
export interface RunningDemo {
  fetch: (request: Request) => Response | Promise<Response>;
  gate: Gate;
  /** The agent's API token. */
  agentToken: string;
  close(): Promise<void>;
}

const MAX_BODY = 64 * 1024;
const PAGE = new URL("../../www/demo/", import.meta.url).pathname;

const onlyModerators = (sessions: Sessions) => (request: Request) => {
  const caller = sessions.caller(request);
  if (!caller?.person.moderator || caller.auth !== "session") return null;
  return { id: caller.person.id, name: caller.person.name, role: "moderator" as const };
};

/**
 * Builds the forum with its gate.
 *
 * @example
 * const demo = await createDemo({ dataDir: ".countersign/demo" });
 * serve({ fetch: demo.fetch, port: 8787, hostname: "127.0.0.1" });
 */
export async function createDemo(options: DemoOptions): Promise<RunningDemo> {
  mkdirSync(options.dataDir, { recursive: true });
  const forum = new Forum(new ForumStore(join(options.dataDir, "forum.db")));
  const sessions = new Sessions();
  const gate = await createGate({
    store: join(options.dataDir, "gate.db"),
    publish: forum.publish,
    withdraw: forum.withdraw,
    notify: forum.notify,
    authenticate: onlyModerators(sessions),
    authorities: HOSTS,
    operatorOf: (agent) => (agent === AGENT ? OPERATOR : null),
    ...options.gate,
  });
  forum.gate = gate;
  await seed(forum);
  const app = routes({ forum, sessions, tasks: new Tasks(options.launch ?? launchProcess) });
  const close = async () => {
    await gate.close();
    forum.store.close();
  };
  return { fetch: (request) => app.fetch(request), gate, agentToken: sessions.agentToken, close };
}

function routes(demo: Demo): Hono {
  const { gate } = demo.forum;
  const tooLarge = () => problem(413, "too large", "a request may have 64 KB: shorten the text");
  const api = new Hono()
    .use(ownPageOnly, bodyLimit({ maxSize: MAX_BODY, onError: tooLarge }))
    .use(async (context, next) => {
      await next();
      context.header("cache-control", "no-store");
    })
    .route("/", sessionRoutes(demo))
    .route("/", threadRoutes(demo))
    .route("/", agentRoutes(demo));
  return new Hono()
    .use(localOnly)
    .all("/countersign/*", (context) => gate.fetch(context.req.raw))
    .use(headers())
    .route("/api", api)
    .route("/", feedRoutes(demo))
    .use("/assets/*", serveStatic({ root: PAGE }))
    .get("/t/:id", (context) => context.html(page(metadataOf(demo.forum.store, context.req.url, context.req.param("id")))))
    .on("GET", ["/", "/search", "/inbox"], (context) => context.html(page()))
    .notFound(() => problem(404, "not found", "there is nothing here: go back to the forum's front page"))
    .onError(answerError);
}

/** The page with `metadata` in its head, read when asked for so that a rebuild shows at once. */
function page(metadata = ""): string {
  return readFileSync(join(PAGE, "index.html"), "utf8").replace("</head>", () => `${metadata}</head>`);
}

function answerError(error: Error): Response {
  if (error instanceof HTTPException) return error.getResponse();
  if (error instanceof ProblemError) return problemResponse(error.problem);
  console.error(`the forum could not answer: ${error.message}`);
  return problem(500, "the forum failed", "try again; the server's log says what went wrong");
}
