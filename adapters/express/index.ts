/**
 * Countersign in an Express app: mounts the gate's own pages, and asks the gate before a route stores anything.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Gate, Outcome } from "countersign/gate";
import type { Response as Reply, RequestHandler, Request as Visit } from "express";
import { ask, mayPublish, problemOf, type Refusal, refused, type Wanted } from "../outcome.js";

export type { Wanted } from "../outcome.js";

/** What an adapter needs of a gate. */
export type ExpressGate = Pick<Gate, "fetch"> & Partial<Pick<Gate, "submit" | "revise">>;

/** Countersign for one Express app. */
export type Countersign = {
  /** Answers everything under the gate's base path, and passes everything else on. */
  handler: RequestHandler;
  /** The Express request that `authenticate` is asked about: sessions and accounts the app's own middleware put there. */
  requestOf(request: Request): Visit | undefined;
  /**
   * Lets a request go on only when its post may be published; the outcome is then in `response.locals.countersign`. Every other
   * request is answered with the gate's problem document.
   */
  guard(wanted: (request: Visit) => Wanted | Promise<Wanted>): RequestHandler;
  /** Answers a refusal; false, and nothing is sent, when the post may be published. */
  refuse(outcome: Outcome, response: Reply): boolean;
};

type Parsed = IncomingMessage & { body?: unknown; rawBody?: Buffer; originalUrl?: string; path?: string };

/** A body that a parser has read already is handed on as JSON, the only thing the gate takes. */
function restoreBody(request: Parsed): void {
  if (request.body !== undefined && request.rawBody === undefined && request.readableEnded)
    request.rawBody = Buffer.from(JSON.stringify(request.body));
}

/** Express shortens `url` below a mount point; the gate wants the whole path. */
function whole(request: Parsed): Parsed {
  if (request.originalUrl !== undefined) request.url = request.originalUrl;
  return request;
}

/**
 * Connects a gate with an Express 4 or 5 app.
 *
 * @param gate `guard` needs one that judges; `fetch` alone is enough to mount
 * @param basePath the gate's own, default `/countersign`
 * @example
 * const app = express().use(express.json());
 * const host = countersign(gate);
 * app.use(host.handler);
 * app.post("/threads/:id/posts", host.guard(submissionOf), (request, response) => response.json(store(request)));
 */
export function countersign(gate: ExpressGate, basePath = "/countersign"): Countersign {
  const visits = new WeakMap<Request, Visit>();
  const listen = getRequestListener(
    (request, env) => {
      visits.set(request, (env as unknown as { incoming: Visit }).incoming);
      return gate.fetch(request);
    },
    { overrideGlobalObjects: false },
  );
  const ours = (path: string) => path === basePath || path.startsWith(`${basePath}/`);
  const answer = (problem: Refusal, response: Reply) =>
    void response.status(problem.status).type("application/problem+json").send(JSON.stringify(problem));
  const refuse = (outcome: Outcome, response: Reply) => {
    if (mayPublish(outcome)) return false;
    answer(refused(outcome), response);
    return true;
  };
  return {
    handler: (request, response, next) => {
      if (!ours(request.originalUrl.split("?")[0] ?? "")) return next();
      restoreBody(request);
      return listen(whole(request), response as unknown as ServerResponse);
    },
    requestOf: (request) => visits.get(request),
    guard: (wanted) => (request, response, next) => {
      const asked = async () => {
        const outcome = await ask(gate, await wanted(request));
        response.locals.countersign = outcome;
        if (!refuse(outcome, response)) next();
      };
      return asked().catch((error) => {
        const problem = problemOf(error);
        if (problem) answer(problem, response);
        else next(error);
      });
    },
    refuse,
  };
}
