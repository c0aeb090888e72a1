/**
 * A stand-in for the review service, in memory, with the same routes: lets the page's tests put any post before it, answer too
 * late, drop the events or refuse the moderator. It serves the built page under the policy the gate serves it with.
 */
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { PostDetail, PostPage, Step } from "../../node/api/schema.js";
import { summaryOf } from "./fixtures.js";

const PAGE = join(import.meta.dirname, "../../dist/www/review");
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};
const POLICY = [
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'",
  "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types lit-html",
].join("; ");
const RANK = { critical: 0, high: 1, medium: 2, low: 3, none: 4 };
const STATES: Readonly<Record<Step, PostDetail["state"]>> = {
  claim: "claimed",
  release: "held",
  approve: "approved",
  reject: "rejected",
  return: "returned",
  redact: "approved",
  escalate: "held",
  undo: "held",
};

const SETTINGS = { undoMs: 10_000, claimMs: 900_000, reasons: [], signOut: null };

/** The stand-in and what a test may do to it. */
export type Service = {
  /** The address of the review page. */
  url: string;
  posts: Map<string, PostDetail>;
  /** When set, every call of the API answers with this status. */
  refuse: number | null;
  /** Changes a post as another moderator would, and tells the page unless `silent`. */
  change(id: string, change: Partial<PostDetail>, silent?: boolean): void;
  /** Closes every event stream and refuses new ones until called with `true`. */
  stream(on: boolean): void;
  close(): Promise<void>;
};

const rank = (post: PostDetail) => RANK[post.severity ?? "none"];
const within = (post: PostDetail, state: string) =>
  state === "all" || post.state === state || (state === "open" && (post.state === "held" || post.state === "claimed"));

function pageOf(posts: PostDetail[], state: string, from: number, limit: number): PostPage {
  const of = (name: string) => posts.filter((post) => within(post, name)).length;
  const found = posts.filter((post) => within(post, state));
  found.sort((a, b) => rank(a) - rank(b) || a.submittedAt.localeCompare(b.submittedAt) || a.id.localeCompare(b.id));
  const counts = {
    open: of("open"),
    escalated: 0,
    approved: of("approved"),
    rejected: of("rejected"),
    returned: of("returned"),
    blocked: of("blocked"),
    flagged: of("flagged"),
  };
  return { items: found.slice(from, from + limit).map(summaryOf), next: from + limit < found.length ? String(from + limit) : null, counts };
}

const problem = (status: number, title: string, current?: PostDetail) =>
  Response.json(
    { type: "about:blank", title, status, detail: title, current },
    { status, headers: { "Content-Type": "application/problem+json" } },
  );

/** The post after a step of mira's. */
function stepped(post: PostDetail, step: Step, comment: string | undefined): PostDetail {
  const state = STATES[step];
  const at = new Date().toISOString();
  const last = post.audit.at(-1);
  const entry = {
    seq: (last?.seq ?? 0) + 1,
    at,
    actor: "mira",
    action: step === "release" ? "released" : state,
    postId: post.id,
    detail: comment ? { comment } : {},
    previous: last?.hash ?? "",
    hash: "f".repeat(64),
  };
  const decided = state === "held" || state === "claimed" ? null : { by: "mira", at, comment: comment ?? null, state };
  const claimedBy = step === "release" ? null : "mira";
  return { ...post, state, version: post.version + 1, claimedBy, decision: decided, audit: [...post.audit, entry] };
}

/** Starts the stand-in on a free port of this machine. */
export async function startService(posts: PostDetail[]): Promise<Service> {
  const open = new Set<(id: string) => void>();
  let streaming = true;
  const app = new Hono().basePath("/countersign");
  const service: Service = {
    url: "",
    posts: new Map(posts.map((post) => [post.id, post])),
    refuse: null,
    change(id, change, silent = false) {
      const post = service.posts.get(id);
      if (!post) return;
      service.posts.set(id, { ...post, version: post.version + 1, ...change });
      if (!silent) for (const tell of open) tell(id);
    },
    stream(on) {
      streaming = on;
      if (!on) for (const tell of [...open]) tell("");
    },
    close: async () => {},
  };
  app.use("/api/*", async (_, next) => (service.refuse ? problem(service.refuse, "refused") : next()));
  app.get("/api/v1/session", (c) => c.json({ moderator: { id: "mira", name: "Mira", role: "moderator" }, version: "0.1.0", ...SETTINGS }));
  app.get("/api/v1/posts", (c) => {
    const { state = "open", cursor = "0", limit = "50" } = c.req.query();
    return c.json(pageOf([...service.posts.values()], state, Number(cursor), Number(limit)));
  });
  app.get("/api/v1/posts/:id", (c) => {
    const post = service.posts.get(c.req.param("id"));
    return post ? c.json(post, 200, { ETag: `"${post.version}"` }) : problem(404, "no such post");
  });
  app.post("/api/v1/posts/:id/:step", async (c) => {
    const post = service.posts.get(c.req.param("id"));
    if (!post) return problem(404, "no such post");
    if (c.req.header("X-Countersign-Request") !== "1") return problem(403, "the header is missing");
    if (c.req.header("If-Match") !== `"${post.version}"`) return problem(412, "the post has changed", post);
    const { comment, contentHash } = (await c.req.json()) as { comment?: string; contentHash: string };
    if (contentHash !== post.contentHash) return problem(409, "the content has changed", post);
    const after = stepped(post, c.req.param("step") as Step, comment);
    service.posts.set(post.id, after);
    for (const tell of open) tell(post.id);
    return c.json(after, 200, { ETag: `"${after.version}"` });
  });
  app.get("/api/v1/events", (c) => {
    if (!streaming) return problem(503, "no events");
    return streamSSE(c, async (stream) => {
      await stream.write(": hello\n\n");
      await new Promise<void>((end) => {
        const tell = (id: string) => {
          const post = service.posts.get(id);
          if (post)
            void stream.writeSSE({
              event: "post",
              id: String(Date.now()),
              data: JSON.stringify({ id, state: post.state, version: post.version }),
            });
          else end();
        };
        open.add(tell);
        stream.onAbort(() => {
          open.delete(tell);
          end();
        });
      });
    });
  });
  app.get("/review/*", async (c) => {
    const name = c.req.path.split("/review/")[1] || "index.html";
    const body = await readFile(join(PAGE, name)).catch(() => null);
    if (!body) return problem(404, "no such file");
    return c.body(new Uint8Array(body), 200, {
      "Content-Type": TYPES[extname(name)] ?? "application/octet-stream",
      "Content-Security-Policy": POLICY,
    });
  });
  const server = await new Promise<ReturnType<typeof serve>>((ready) => {
    const started = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, (info) => {
      service.url = `http://127.0.0.1:${info.port}/countersign/review/`;
      ready(started);
    });
  });
  service.close = () =>
    new Promise((closed) => {
      for (const tell of [...open]) tell("");
      server.close(() => closed());
      if ("closeAllConnections" in server) server.closeAllConnections();
    });
  return service;
}
