/**
 * Live updates.
 */
import { createRoute, z } from "@hono/zod-openapi";
import { events } from "../events.js";
import { type Mount, READS, refusals } from "./mount.js";

const description = [
  "server-sent events. `post`: a post changed, its data is a `PostEvent`.",
  "`reset`: more has happened since `Last-Event-ID` than is told one by one, read the queue anew.",
].join(" ");

const follow = createRoute({
  method: "get",
  path: "/events",
  operationId: "followEvents",
  summary: "What changes, as it changes",
  tags: ["events"],
  ...READS,
  request: { headers: z.object({ "last-event-id": z.string().max(100).optional() }) },
  responses: { 200: { description, content: { "text/event-stream": { schema: z.string() } } }, ...refusals() },
});

/** Mounts `GET /events`. */
export const mountEvents: Mount = (api, { context }) => {
  api.openapi(follow, (c) => events(context, c));
};
