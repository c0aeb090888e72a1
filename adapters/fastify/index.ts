/**
 * Countersign in a Fastify app: mounts the gate's own pages, and asks the gate before a route stores anything.
 */
import type { Gate, Outcome } from "countersign/gate";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { ask, mayPublish, problemOf, type Refusal, refused, type Wanted } from "../outcome.js";

export type { Wanted } from "../outcome.js";

/** Countersign for one Fastify app. */
export type Countersign = {
  /** Answers everything under the gate's base path: `app.register(plugin)`. */
  plugin: FastifyPluginAsync;
  /** The Fastify request that `authenticate` is asked about. */
  requestOf(request: Request): FastifyRequest | undefined;
  /**
   * A `preHandler` that lets a request go on only when its post may be published; `outcomeOf` then has the outcome. Every other
   * request is answered with the gate's problem document.
   */
  guard(wanted: (request: FastifyRequest) => Wanted | Promise<Wanted>): (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
  /** What the gate said of the post a guarded request brings. */
  outcomeOf(request: FastifyRequest): Outcome | undefined;
  /** Answers a refusal; false, and nothing is sent, when the post may be published. */
  refuse(outcome: Outcome, reply: FastifyReply): boolean;
};

/** A web-standard request of Fastify's own; the body is what the plugin's parser left untouched. */
function webRequest(request: FastifyRequest): Request {
  const { method, headers, body } = request;
  const given = Object.entries(headers).flatMap(([name, value]) => [value ?? []].flat().map((each): [string, string] => [name, each]));
  const url = `${request.protocol}://${request.host}${request.originalUrl}`;
  const bare = method === "GET" || method === "HEAD";
  return new Request(url, { method, headers: given, ...(bare ? {} : { body: (body as Uint8Array<ArrayBuffer> | null) ?? null }) });
}

/**
 * Connects a gate with a Fastify 5 app.
 *
 * @param basePath the gate's own, default `/countersign`
 * @example
 * const host = countersign(gate);
 * await app.register(host.plugin);
 * app.post("/threads/:id/posts", { preHandler: host.guard(submissionOf) }, (request) => store(request));
 */
export function countersign(gate: Pick<Gate, "fetch" | "submit" | "revise">, basePath = "/countersign"): Countersign {
  const visits = new WeakMap<Request, FastifyRequest>();
  const outcomes = new WeakMap<FastifyRequest, Outcome>();
  const answer = (problem: Refusal, reply: FastifyReply) =>
    reply.code(problem.status).header("content-type", "application/problem+json").send(JSON.stringify(problem));
  const refuse = (outcome: Outcome, reply: FastifyReply) => {
    if (mayPublish(outcome)) return false;
    answer(refused(outcome), reply);
    return true;
  };
  return {
    plugin: async (app) => {
      // In a scope of its own: the gate reads bodies itself.
      app.removeAllContentTypeParsers();
      app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
      app.all(`${basePath}/*`, async (request, reply) => {
        const web = webRequest(request);
        visits.set(web, request);
        return reply.send(await gate.fetch(web));
      });
    },
    requestOf: (request) => visits.get(request),
    guard: (wanted) => async (request, reply) => {
      try {
        const outcome = await ask(gate, await wanted(request));
        outcomes.set(request, outcome);
        return refuse(outcome, reply) ? reply : undefined;
      } catch (error) {
        const problem = problemOf(error);
        if (problem === null) throw error;
        return answer(problem, reply);
      }
    },
    outcomeOf: (request) => outcomes.get(request),
    refuse,
  };
}
