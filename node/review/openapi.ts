/**
 * The API's description (OpenAPI 3.1), generated from the routes.
 */
import { PostEvent } from "../api/schema.js";
import { VERSION } from "./assets.js";
import type { App } from "./routes/mount.js";

/** Everything the document says beyond its routes. */
export const DOCUMENT = {
  openapi: "3.1.0",
  info: {
    title: "Countersign review API",
    version: VERSION,
    description: "What moderators do with posts that were held, blocked or flagged. Every text of a post is hostile data.",
    license: { name: "MIT OR Apache-2.0" },
  },
  servers: [{ url: "/countersign/api/v1", description: "under the gate's `basePath`" }],
  tags: [
    { name: "session", description: "who is looking" },
    { name: "queue", description: "posts, to read" },
    { name: "decisions", description: "steps on posts" },
    { name: "views", description: "searches a moderator keeps" },
    { name: "events", description: "live updates" },
    { name: "learning", description: "exceptions, and rules and policies tried" },
    { name: "statistics", description: "what happened over time, and around one post" },
    { name: "audit", description: "the hash-chained log" },
    { name: "health", description: "whether the gate decides" },
    { name: "submissions", description: "the gate for forums that submit over HTTP" },
    { name: "sign-in", description: "signing in to the gate itself" },
  ],
};

/**
 * Gives the API its `/openapi.json`.
 *
 * @param beside the routes beside the API, which name a server of their own
 */
export function describe(api: App, beside: App): void {
  for (const definition of beside.openAPIRegistry.definitions)
    if (definition.type === "route") api.openAPIRegistry.registerPath(definition.route);
  api.openAPIRegistry.registerComponent("securitySchemes", "moderator", {
    type: "apiKey",
    in: "cookie",
    name: "session",
    description: "however the forum knows its moderators: its own session, which the gate's `authenticate` reads",
  });
  for (const token of ["metricsToken", "submitToken"])
    api.openAPIRegistry.registerComponent("securitySchemes", token, { type: "http", scheme: "bearer" });
  api.openAPIRegistry.registerComponent("securitySchemes", "ownPage", {
    type: "apiKey",
    in: "header",
    name: "X-Countersign-Request",
    description: "`1`, which only the site's own pages can send",
  });
  api.openAPIRegistry.register("PostEvent", PostEvent);
  api.doc31("/openapi.json", DOCUMENT);
}
