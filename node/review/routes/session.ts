/**
 * Who is looking.
 */
import { createRoute } from "@hono/zod-openapi";
import { Session } from "../../api/schema.js";
import { VERSION } from "../assets.js";
import { json, type Mount, READS, refusals } from "./mount.js";

const session = createRoute({
  method: "get",
  path: "/session",
  operationId: "getSession",
  summary: "Who is looking, and what the forum set",
  tags: ["session"],
  ...READS,
  responses: { 200: json(Session, "who is looking"), ...refusals() },
});

/** Mounts `GET /session`. */
export const mountSession: Mount = (api, { access, context }) => {
  const signOut = (request: Request) => (access.signedInHere(request) ? `${access.basePath}/signout` : null);
  api.openapi(session, (c) => c.json({ moderator: c.var.moderator, version: VERSION, ...context.desk, signOut: signOut(c.req.raw) }, 200));
};
