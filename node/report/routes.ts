/**
 * The route of incident reports.
 */
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { id, refusal, refusals } from "../api/describe.js";
import { IncidentReport } from "../api/schema.js";
import type { Context } from "../context.js";
import type { Env } from "../review/guard.js";
import { find } from "../review/view.js";
import { markdown } from "./markdown.js";
import { report } from "./report.js";

const getReport = createRoute({
  method: "get",
  path: "/posts/{id}/report",
  request: { params: id, query: z.object({ format: z.enum(["json", "markdown"]).optional() }) },
  responses: {
    200: {
      description: "what happened around the post, as a file: JSON, or Markdown in which everything anyone wrote is text",
      content: { "application/json": { schema: IncidentReport }, "text/markdown": { schema: z.string() } },
    },
    404: refusal("no such post"),
    ...refusals,
  },
});

/** Mounts the route. */
export function reportRoutes(api: OpenAPIHono<Env>, context: Context): void {
  api.openapi(getReport, async (c) => {
    const row = await find(context.db, c.req.valid("param").id);
    const told = await report(context, row);
    const asMarkdown = c.req.valid("query").format === "markdown";
    const name = `incident-${row.id.replaceAll(/[^\w-]/g, "_")}.${asMarkdown ? "md" : "json"}`;
    c.header("content-disposition", `attachment; filename="${name}"`);
    return asMarkdown ? c.body(markdown(told), 200, { "content-type": "text/markdown; charset=utf-8" }) : c.json(told, 200);
  });
}
