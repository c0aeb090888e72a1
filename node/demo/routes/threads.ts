/**
 * Reading and writing: threads, posts, search. Each new text passes the gate first.
 */
import { type Context, Hono } from "hono";
import { z } from "zod";
import type { Outcome } from "../../index.js";
import type { NewPost } from "../forum.js";
import { problem, refuse } from "../problem.js";
import type { Caller } from "../session.js";
import type { PostRow } from "../shapes.js";
import { Body, bodyOf, callerOf, type Demo } from "./context.js";

const NewThread = z.object({ title: z.string().trim().min(3).max(160), body: Body });
const NewReply = z.object({ body: Body, task: z.string().optional() });
const MAX_QUERY = 200;

/** Sets the header of an answer that carries this post alone. */
function disclose(context: Context, { terms }: PostRow): void {
  if (terms) context.header("AI-Disclosure", terms.header);
}

/** The gate's refusal as it stands, readable for an agent. */
function refusal(outcome: Outcome): Response {
  const given = outcome.problem;
  if (!given) return problem(403, "not published", "the post was kept back: a moderator decides");
  return Response.json(given, { status: given.status, headers: { "content-type": "application/problem+json" } });
}

/** `/api/threads`, `/api/posts`, `/api/search`. */
export function threadRoutes(demo: Demo): Hono {
  const { forum, tasks } = demo;

  const post = async (context: Context, caller: Caller, wanted: NewPost): Promise<Response> => {
    const posted = await forum.post(caller, wanted);
    if ("refused" in posted) return refusal(posted.refused);
    disclose(context, posted.post);
    return context.json({ post: posted.post, action: posted.outcome.action, reasons: posted.outcome.verdict?.reasons ?? [] }, 201);
  };

  const threadOf = (id: string) => {
    const thread = forum.store.thread(id);
    if (!thread) throw refuse(404, "no such thread", "it may have been removed: go back to the list of threads");
    return thread;
  };

  return new Hono()
    .get("/threads", (context) => context.json({ threads: forum.store.threads() }))
    .post("/threads", async (context) => post(context, await callerOf(demo, context), await bodyOf(NewThread, context)))
    .get("/threads/:id", (context) => {
      const thread = threadOf(context.req.param("id"));
      return context.json({ thread, posts: forum.store.posts(thread.id) });
    })
    .post("/threads/:id/posts", async (context) => {
      const caller = await callerOf(demo, context);
      const { body, task } = await bodyOf(NewReply, context);
      const thread = threadOf(context.req.param("id"));
      const invoker = caller.person.kind === "agent" && task !== undefined ? tasks.get(task)?.invoker : undefined;
      return post(context, caller, { body, thread: thread.id, ...(invoker === undefined ? {} : { onBehalfOf: invoker }) });
    })
    .get("/posts/:id", (context) => {
      const found = forum.store.post(context.req.param("id"));
      if (!found) throw refuse(404, "no such post", "it does not exist or is not published");
      disclose(context, found);
      return context.json({ post: found });
    })
    .get("/search", (context) => {
      const words = (context.req.query("q") ?? "").trim().slice(0, MAX_QUERY);
      const posts = words === "" ? [] : forum.store.search(words);
      return context.json({ posts: posts.map((found) => ({ ...found, title: forum.store.thread(found.thread)?.title ?? "" })) });
    });
}
