/**
 * `GET /metrics`, for Prometheus with its token and for moderators; and the count of pages that listen.
 */
import { createRoute, z } from "@hono/zod-openapi";
import { ProblemError } from "../api/problems.js";
import { type Mount, OPEN, refusals } from "../review/routes/mount.js";
import { bearer, same } from "../session/secret.js";

const metrics = createRoute({
  method: "get",
  path: "/metrics",
  operationId: "getMetrics",
  summary: "Counters and gauges as Prometheus reads them",
  tags: ["health"],
  ...OPEN,
  security: [{ moderator: [] }, { metricsToken: [] }],
  responses: {
    200: { description: "Prometheus' text format", content: { "text/plain": { schema: z.string() } } },
    ...refusals("unauthenticated"),
  },
});

/** Mounts `GET /metrics`, outside the API. */
export const mountMetrics: Mount = (app, { access, metrics: { token, meter, store } }) => {
  app.openapi(metrics, async (c) => {
    const given = bearer(c.req.raw);
    const known = token !== undefined && given !== undefined && same(given, token);
    if (!known && (await access.authenticate(c.req.raw)) === null)
      throw new ProblemError(
        "unauthenticated",
        "send the token of the option `metrics` as `Authorization: Bearer …`, or sign in as a moderator",
      );
    await store.read();
    const headers = { "content-type": meter.registry.contentType, "cache-control": "no-store" };
    return c.body(await meter.registry.metrics(), 200, headers) as never;
  });
};

/** Milliseconds after which a stream ends: the page comes back by itself, and is asked anew who it is. */
const LONGEST_MS = 900_000;

/** The same bytes; `ended` is called when they end, whoever ends them. */
function watched(body: ReadableStream<Uint8Array>, ended: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const timer = setTimeout(() => void reader.cancel().catch(() => undefined), LONGEST_MS).unref();
  const stop = () => {
    clearTimeout(timer);
    ended();
  };
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (!done) return controller.enqueue(value);
      stop();
      controller.close();
    },
    async cancel(reason) {
      stop();
      await reader.cancel(reason);
    },
  });
}

/** Counts the streams of `GET /events`, and ends each after a while. Before the room that mounts them. */
export const countStreams: Mount = (api, { metrics: { meter } }) => {
  api.use("/events", async (c, next) => {
    await next();
    const { body, status } = c.res;
    if (status === 200 && body !== null) c.res = new Response(watched(body, meter.listening()), c.res);
  });
};
