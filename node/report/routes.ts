/**
 * The route of incident reports.
 */
import { createRoute, z } from "@hono/zod-openapi";
import { IncidentReport } from "../api/schema.js";
import { id, type Mount, READS, refusals } from "../review/routes/mount.js";
import { find } from "../review/view.js";
import { markdown } from "./markdown.js";
import { report } from "./report.js";

const getReport = createRoute({
  method: "get",
  path: "/posts/{id}/report",
  operationId: "getReport",
  summary: "What happened around one post, as a file",
  tags: ["statistics"],
  ...READS,
  request: { params: id, query: z.object({ format: z.enum(["json", "markdown"]).optional() }) },
  responses: {
    200: {
      description: "JSON, or Markdown in which everything anyone wrote is text",
      content: { "application/json": { schema: IncidentReport }, "text/markdown": { schema: z.string() } },
    },
    ...refusals("malformed-request", "not-found"),
  },
});

/** Mounts `GET /posts/{id}/report`. */
export const mountReport: Mount = (api, { context }) => {
  api.openapi(getReport, async (c) => {
    const row = await find(context.db, c.req.valid("param").id);
    const told = await report(context, row);
    const asMarkdown = c.req.valid("query").format === "markdown";
    const name = `incident-${row.id.replaceAll(/[^\w-]/g, "_")}.${asMarkdown ? "md" : "json"}`;
    c.header("content-disposition", `attachment; filename="${name}"`);
    return asMarkdown ? c.body(markdown(told), 200, { "content-type": "text/markdown; charset=utf-8" }) : c.json(told, 200);
  });
};
