// @ts-check
/**
 * A forum in Hono 4 with Countersign before everything it stores: `node examples/hono/app.mjs`.
 */
import { serve } from "@hono/node-server";
import { createGate } from "countersign/gate";
import { countersign } from "countersign/hono";
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { accountOf, Forum, moderatorOf } from "../forum.mjs";

/** @typedef {import("hono").Context} Context */

/** @param {{ store: string, undoMs?: number }} options where the gate keeps its records, and how long a decision can be taken back */
export async function createApp(options) {
  const forum = new Forum();
  const gate = await createGate({
    ...options,
    publish: forum.publish,
    authenticate: (request) => moderatorOf(request.headers.get("authorization")),
  });
  const host = countersign(gate);

  /** @param {Context} context */
  const account = (context) => {
    const found = accountOf(context.req.header("authorization"));
    if (found) return found;
    throw new HTTPException(401, { message: "sign in" });
  };
  /** What the gate is asked: the same for a new post and for an edit. @param {Context} context */
  const wanted = async (context) => {
    const id = context.req.param("id") ?? "";
    const { body } = await context.req.json();
    const old = context.req.method === "PUT" ? forum.post(id) : undefined;
    return forum.submission(account(context), old?.thread ?? id, String(body), old);
  };
  /** Only reached when the post may be published. @param {Context} context */
  const keep = async (context) => context.json(forum.store((await wanted(context)).submission, context.var.countersign));

  const app = new Hono()
    .use(host.handler)
    .post("/threads", async (context) => context.json(account(context) && forum.open(String((await context.req.json()).title))))
    .post("/threads/:id/posts", host.guard(wanted), keep)
    .put("/posts/:id", host.guard(wanted), keep)
    .get("/threads/:id", (context) => context.json(forum.threads.get(context.req.param("id")) ?? null));
  return { app, gate };
}

if (import.meta.filename === process.argv[1]) {
  const { app } = await createApp({ store: ".countersign/hono.db" });
  serve({ fetch: app.fetch, port: 8788, hostname: "127.0.0.1" }, () =>
    console.log("http://127.0.0.1:8788/countersign/review/ (as mira-token)"),
  );
}
