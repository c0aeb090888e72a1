/**
 * The searches a moderator keeps.
 */
import { createRoute, z } from "@hono/zod-openapi";
import { SavedView } from "../../api/schema.js";
import { json, type Mount, READS, refusals, WRITE, WRITES } from "./mount.js";

const tags = ["views"];
const params = z.object({ name: z.string().min(1).max(80) });

const listViews = createRoute({
  method: "get",
  path: "/views",
  operationId: "listViews",
  summary: "The searches you keep",
  tags,
  ...READS,
  responses: { 200: json(z.array(SavedView), "by name"), ...refusals() },
});

const putView = createRoute({
  method: "put",
  path: "/views/{name}",
  operationId: "putView",
  summary: "Keep a search under a name",
  tags,
  ...WRITES,
  request: { params, body: { required: true, content: { "application/json": { schema: SavedView.pick({ query: true }) } } } },
  responses: { 200: json(SavedView, "the search as it is kept"), ...refusals(...WRITE, "too-many") },
});

const deleteView = createRoute({
  method: "delete",
  path: "/views/{name}",
  operationId: "deleteView",
  summary: "Forget a search",
  tags,
  ...WRITES,
  request: { params },
  responses: { 204: { description: "it is forgotten" }, ...refusals(...WRITE, "not-found") },
});

/** Mounts `GET /views` and `PUT` and `DELETE /views/{name}`. */
export const mountViews: Mount = (api, { gate }) => {
  const { views } = gate.review;
  api.openapi(listViews, async (c) => c.json(await views.list(c.var.moderator), 200));
  api.openapi(putView, async (c) => {
    const view = { name: c.req.valid("param").name, query: c.req.valid("json").query };
    return c.json(await views.put(c.var.moderator, view), 200);
  });
  api.openapi(deleteView, async (c) => {
    await views.remove(c.var.moderator, c.req.valid("param").name);
    return c.body(null, 204);
  });
};
