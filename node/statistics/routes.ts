/**
 * The route of the statistics.
 */
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { json, refusal, refusals } from "../api/describe.js";
import { Statistics } from "../api/schema.js";
import type { Context } from "../context.js";
import type { Env } from "../review/guard.js";
import { statistics } from "./statistics.js";

const day = z.string().max(10).optional();

const getStatistics = createRoute({
  method: "get",
  path: "/statistics",
  request: { query: z.object({ from: day, to: day }) },
  responses: {
    200: json(Statistics, "the figures of a span of days (UTC, both included); the last 30 days when none is named"),
    400: refusal("a day is wrong, or the span is longer than 366 days"),
    ...refusals,
  },
});

/** Mounts the route. */
export function statisticsRoutes(api: OpenAPIHono<Env>, context: Context): void {
  api.openapi(getStatistics, async (c) => {
    const { from, to } = c.req.valid("query");
    return c.json(await statistics(context, from, to), 200);
  });
}
