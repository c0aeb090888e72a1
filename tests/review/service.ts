/**
 * A stand-in for the review service, in memory, with the same routes: lets the page's tests put any post before it, answer too
 * late, drop the events or refuse the moderator. It serves the built page under the policy the gate serves it with. Who is looking
 * is what the header `x-as` says: `mira` and `noa` (moderators), `lea` (a lead), `ada` (an auditor).
 */
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { serve } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { streamSSE } from "hono/streaming";
import {
  BulkRequest,
  DecisionRequest,
  type Moderator,
  type PostDetail,
  PostQuery,
  type Problem,
  SavedView,
  Step,
} from "../../node/api/schema.js";
import { facetsOf, found, pageOf } from "./listing.js";
import { refusal, refused, SETTINGS, stepped } from "./steps.js";

const PAGE = join(import.meta.dirname, "../../dist/www/review");
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};
const POLICY = [
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'",
  "base-uri 'none'; form-action 'self'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types lit-html",
].join("; ");

const PEOPLE: Readonly<Record<string, Moderator>> = {
  mira: { id: "mira", name: "Mira", role: "moderator" },
  noa: { id: "noa", name: "Noa", role: "moderator" },
  lea: { id: "lea", name: "Lea", role: "lead" },
  ada: { id: "ada", name: "Ada", role: "auditor" },
};

/** The stand-in and what a test may do to it. */
export type Service = {
  /** The address of the review page. */
  url: string;
  posts: Map<string, PostDetail>;
  views: Map<string, SavedView>;
  /** The reasons the forum set. */
  reasons: { id: string; title: string; text: string }[];
  /** When set, every call of the API answers with this status. */
  refuse: number | null;
  /** When set, every step waits for it before it is taken. */
  hold: Promise<void> | null;
  /** Changes a post as another moderator would, and tells the page unless `silent`. */
  change(id: string, change: Partial<PostDetail>, silent?: boolean): void;
  /** Closes every event stream and refuses new ones until called with `true`. */
  stream(on: boolean): void;
  close(): Promise<void>;
};

type Inside = Service & { tell: Set<(id: string) => void>; streaming: boolean };

const answer = (problem: Problem) =>
  Response.json(problem, { status: problem.status, headers: { "Content-Type": "application/problem+json" } });

const who = (c: Context): Moderator => PEOPLE[c.req.header("x-as") ?? "mira"] ?? (PEOPLE.mira as Moderator);

function listing(app: Hono, service: Inside): void {
  const all = () => [...service.posts.values()];
  app.get("/api/v1/session", (c) => c.json({ moderator: who(c), version: "0.1.0", ...SETTINGS, reasons: service.reasons, signOut: null }));
  app.get("/api/v1/posts", (c) => {
    const { cursor = "0", limit = "50", ...query } = c.req.query();
    return c.json(pageOf(found(all(), PostQuery.parse(query), who(c).id), all(), Number(cursor), Number(limit)));
  });
  app.get("/api/v1/facets", (c) => c.json(facetsOf(found(all(), PostQuery.parse(c.req.query()), who(c).id))));
  app.get("/api/v1/posts/:id", (c) => {
    const post = service.posts.get(c.req.param("id"));
    return post ? c.json(post, 200, { ETag: `"${post.version}"` }) : answer(refusal(404, "no such post"));
  });
  app.get("/api/v1/views", (c) => c.json([...service.views.values()]));
  app.put("/api/v1/views/:name", async (c) => {
    const view = SavedView.parse({ ...((await c.req.json()) as object), name: c.req.param("name") });
    service.views.set(view.name, view);
    return c.json(view);
  });
  app.delete("/api/v1/views/:name", (c) => {
    service.views.delete(c.req.param("name"));
    return c.body(null, 204);
  });
}

type Seen = DecisionRequest & { id: string; version: number; step: Step };

/** The post after a step on it as it was seen, or why not. Nothing is changed. */
function after(service: Inside, seen: Seen, by: Moderator): { post: PostDetail } | { problem: Problem } {
  const post = service.posts.get(seen.id);
  if (!post) return { problem: refusal(404, "no such post") };
  if (seen.version !== post.version) return { problem: refusal(412, "someone else changed the post since you looked at it", post) };
  if (seen.contentHash !== post.contentHash) return { problem: refusal(409, "the content has changed", post) };
  const problem = refused(post, seen, by);
  return problem ? { problem } : { post: stepped(post, seen.step, by, seen) };
}

function keep(service: Inside, post: PostDetail): void {
  service.posts.set(post.id, post);
  for (const tell of service.tell) tell(post.id);
}

function deciding(app: Hono, service: Inside): void {
  const answers = new Map<string, PostDetail>();
  app.use("/api/v1/*", async (c, next) =>
    c.req.method === "GET" || c.req.header("X-Countersign-Request") === "1" ? next() : answer(refusal(403, "the header is missing")),
  );
  app.post("/api/v1/posts/:id/:step", async (c) => {
    const key = c.req.header("Idempotency-Key") ?? "";
    const version = Number(c.req.header("If-Match")?.replaceAll('"', ""));
    const request = DecisionRequest.parse(await c.req.json());
    if (service.hold) await service.hold;
    const repeated = answers.get(key);
    if (repeated) return c.json(repeated);
    const made = after(service, { ...request, id: c.req.param("id"), version, step: Step.parse(c.req.param("step")) }, who(c));
    if ("problem" in made) return answer(made.problem);
    answers.set(key, made.post);
    keep(service, made.post);
    return c.json(made.post, 200, { ETag: `"${made.post.version}"` });
  });
  app.post("/api/v1/bulk", async (c) => {
    const { step, posts, preview, comment } = BulkRequest.parse(await c.req.json());
    const results = posts.map((seen) => {
      const made = after(service, { ...seen, step, ...(comment ? { comment } : {}) }, who(c));
      if ("problem" in made) return { id: seen.id, ok: false as const, problem: made.problem };
      if (!preview) keep(service, made.post);
      return { id: seen.id, ok: true as const, state: made.post.state, version: made.post.version };
    });
    return c.json({ results });
  });
}

function events(app: Hono, service: Inside): void {
  app.get("/api/v1/events", (c) => {
    if (!service.streaming) return answer(refusal(503, "no events"));
    return streamSSE(c, async (stream) => {
      await stream.write(": hello\n\n");
      await new Promise<void>((end) => {
        const tell = (id: string) => {
          const post = service.posts.get(id);
          if (!post) return end();
          const data = JSON.stringify({ id, state: post.state, version: post.version });
          void stream.writeSSE({ event: "post", id: String(Date.now()), data });
        };
        service.tell.add(tell);
        stream.onAbort(() => {
          service.tell.delete(tell);
          end();
        });
      });
    });
  });
}

function pages(app: Hono): void {
  app.get("/review/*", async (c) => {
    const name = c.req.path.split("/review/")[1] || "index.html";
    const body = await readFile(join(PAGE, name)).catch(() => null);
    if (!body) return answer(refusal(404, "no such file"));
    return c.body(new Uint8Array(body), 200, {
      "Content-Type": TYPES[extname(name)] ?? "application/octet-stream",
      "Content-Security-Policy": POLICY,
    });
  });
}

function create(posts: PostDetail[]): Inside {
  const service: Inside = {
    url: "",
    posts: new Map(posts.map((post) => [post.id, post])),
    views: new Map(),
    reasons: [],
    refuse: null,
    hold: null,
    tell: new Set(),
    streaming: true,
    change(id, change, silent = false) {
      const post = service.posts.get(id);
      if (!post) return;
      service.posts.set(id, { ...post, version: post.version + 1, ...change });
      if (!silent) for (const tell of service.tell) tell(id);
    },
    stream(on) {
      service.streaming = on;
      if (!on) for (const tell of [...service.tell]) tell("");
    },
    close: async () => {},
  };
  return service;
}

/** Starts the stand-in on a free port of this machine. */
export async function startService(posts: PostDetail[]): Promise<Service> {
  const service = create(posts);
  const app = new Hono().basePath("/countersign");
  app.use("/api/*", async (_, next) => (service.refuse ? answer(refusal(service.refuse, "refused")) : next()));
  deciding(app, service);
  listing(app, service);
  events(app, service);
  pages(app);
  const server = await new Promise<ReturnType<typeof serve>>((ready) => {
    const started = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, (info) => {
      service.url = `http://127.0.0.1:${info.port}/countersign/review/`;
      ready(started);
    });
  });
  service.close = () =>
    new Promise((closed) => {
      for (const tell of [...service.tell]) tell("");
      server.close(() => closed());
      if ("closeAllConnections" in server) server.closeAllConnections();
    });
  return service;
}
