/**
 * The route of the statistics.
 */
import { createRoute, z } from "@hono/zod-openapi";
import { Statistics } from "../api/schema.js";
import { json, type Mount, READS, refusals } from "../review/routes/mount.js";
import { statistics } from "./statistics.js";

const day = z.string().max(10).optional();

const getStatistics = createRoute({
  method: "get",
  path: "/statistics",
  operationId: "getStatistics",
  summary: "What happened over time",
  tags: ["statistics"],
  ...READS,
  request: { query: z.object({ from: day, to: day }) },
  responses: {
    200: json(Statistics, "the figures of at most 366 days (UTC, both ends included); of the last 30 when none is named"),
    ...refusals("malformed-request"),
  },
});

/** Mounts `GET /statistics`. */
export const mountStatistics: Mount = (api, { context }) => {
  api.openapi(getStatistics, async (c) => {
    const { from, to } = c.req.valid("query");
    return c.json(await statistics(context, from, to), 200);
  });
};
