// @ts-check
/**
 * A forum in Fastify 5 with Countersign before everything it stores: `node examples/fastify/app.mjs`.
 */
import { countersign } from "countersign/fastify";
import { createGate } from "countersign/gate";
import Fastify from "fastify";
import { accountOf, Forum, moderatorOf } from "../forum.mjs";

/** @typedef {import("fastify").FastifyRequest} Request */

/** @param {{ store: string, undoMs?: number }} options where the gate keeps its records, and how long a decision can be taken back */
export async function createApp(options) {
  const forum = new Forum();
  const gate = await createGate({
    ...options,
    publish: forum.publish,
    authenticate: (request) => moderatorOf(request.headers.get("authorization")),
  });
  const host = countersign(gate);

  /** @param {Request} request */
  const account = ({ headers }) => {
    const found = accountOf(headers.authorization);
    if (found) return found;
    throw Object.assign(new Error("sign in"), { statusCode: 401 });
  };
  /** What the gate is asked: the same for a new post and for an edit. @param {Request} request */
  const wanted = (request) => {
    const { id } = /** @type {{ id: string }} */ (request.params);
    const { body } = /** @type {{ body: string }} */ (request.body);
    const old = request.method === "PUT" ? forum.post(id) : undefined;
    return forum.submission(account(request), old?.thread ?? id, body, old);
  };
  /** Only reached when the post may be published. @param {Request} request */
  const keep = async (request) => {
    const outcome = host.outcomeOf(request);
    return outcome ? forum.store(wanted(request).submission, outcome) : null;
  };

  const app = Fastify();
  await app.register(host.plugin);
  app.post("/threads", async (request) => account(request) && forum.open(String(/** @type {{ title: string }} */ (request.body).title)));
  app.post("/threads/:id/posts", { preHandler: host.guard(wanted) }, keep);
  app.put("/posts/:id", { preHandler: host.guard(wanted) }, keep);
  app.get("/threads/:id", async (request) => forum.threads.get(/** @type {{ id: string }} */ (request.params).id) ?? null);
  return { app, gate };
}

if (import.meta.filename === process.argv[1]) {
  const { app } = await createApp({ store: ".countersign/fastify.db" });
  console.log(`${await app.listen({ port: 8788, host: "127.0.0.1" })}/countersign/review/ (as mira-token)`);
}
