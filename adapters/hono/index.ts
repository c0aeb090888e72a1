/**
 * Countersign in a Hono app: mounts the gate's own pages, and asks the gate before a route stores anything.
 */
import type { Gate, Outcome } from "countersign/gate";
import type { Context, MiddlewareHandler } from "hono";
import { ask, mayPublish, problemOf, type Refusal, refused, type Wanted } from "../outcome.js";

export type { Wanted } from "../outcome.js";

/** What a guarded route finds in its context: `c.var.countersign`. */
export type CountersignEnv = { Variables: { countersign: Outcome } };

/** Countersign for one Hono app. */
export type Countersign = {
  /** Answers everything under the gate's base path, and passes everything else on: `app.use(handler)`. */
  handler: MiddlewareHandler;
  /**
   * Lets a request go on only when its post may be published. Every other request is answered with the gate's problem document.
   */
  guard(wanted: (context: Context) => Wanted | Promise<Wanted>): MiddlewareHandler<CountersignEnv>;
  /** The answer to a refusal; null when the post may be published. */
  refuse(outcome: Outcome): Response | null;
};

const answer = (problem: Refusal): Response =>
  new Response(JSON.stringify(problem), { status: problem.status, headers: { "content-type": "application/problem+json" } });

const refuse = (outcome: Outcome): Response | null => (mayPublish(outcome) ? null : answer(refused(outcome)));

/**
 * Connects a gate with a Hono 4 app.
 *
 * @param basePath the gate's own, default `/countersign`
 * @example
 * const host = countersign(gate);
 * const app = new Hono().use(host.handler);
 * app.post("/threads/:id/posts", host.guard(submissionOf), (context) => context.json(store(context)));
 */
export function countersign(gate: Pick<Gate, "fetch" | "submit" | "revise">, basePath = "/countersign"): Countersign {
  return {
    handler: async (context, next) => {
      const { path } = context.req;
      return path === basePath || path.startsWith(`${basePath}/`) ? gate.fetch(context.req.raw) : next();
    },
    guard: (wanted) => async (context, next) => {
      try {
        const outcome = await ask(gate, await wanted(context));
        context.set("countersign", outcome);
        return refuse(outcome) ?? (await next());
      } catch (error) {
        const problem = problemOf(error);
        if (problem === null) throw error;
        return answer(problem);
      }
    },
    refuse,
  };
}
