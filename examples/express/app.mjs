// @ts-check
/**
 * A forum in Express 5 with Countersign before everything it stores. `node examples/express/app.mjs`, then
 * `curl -H 'authorization: Bearer dana-token' -H 'content-type: application/json' -d '{"title":"Help","body":"@helper any idea?"}' localhost:8788/threads`.
 */
import { countersign } from "countersign/express";
import { createGate } from "countersign/gate";
import express from "express";
import { accountOf, Forum, moderatorOf } from "../forum.mjs";

/** @typedef {import("../forum.mjs").Account} Account */

/** @param {{ store: string, undoMs?: number }} options where the gate keeps its records, and how long a decision can be taken back */
export async function createApp(options) {
  const forum = new Forum();
  const gate = await createGate({
    ...options,
    publish: forum.publish,
    authenticate: (request) => moderatorOf(request.headers.get("authorization")),
  });
  const host = countersign(gate);

  const app = express();
  app.use(host.handler, express.json());
  app.use((request, response, next) => {
    const account = accountOf(request.headers.authorization);
    if (account) {
      response.locals.account = account;
      next();
    } else response.sendStatus(401);
  });
  /** What the gate is asked: the same for a new post and for an edit. @param {express.Request} request */
  const wanted = (request) => {
    const account = /** @type {Account} */ (request.res?.locals.account);
    const old = request.method === "PUT" ? forum.post(String(request.params.id)) : undefined;
    return forum.submission(account, old?.thread ?? String(request.params.id), String(request.body.body), old);
  };
  /** Only reached when the post may be published. @type {express.RequestHandler} */
  const keep = (request, response) => void response.json(forum.store(wanted(request).submission, response.locals.countersign));

  app.post("/threads", (request, response) => void response.json(forum.open(String(request.body.title))));
  app.post("/threads/:id/posts", host.guard(wanted), keep);
  app.put("/posts/:id", host.guard(wanted), keep);
  app.get("/threads/:id", (request, response) => void response.json(forum.threads.get(request.params.id) ?? null));
  return { app, gate };
}

if (import.meta.filename === process.argv[1]) {
  const { app } = await createApp({ store: ".countersign/express.db" });
  app.listen(8788, "127.0.0.1", () => console.log("http://127.0.0.1:8788/countersign/review/ (as mira-token)"));
}
