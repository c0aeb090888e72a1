/**
 * Whether the gate decides: in one word for whoever asks, with its reasons for moderators.
 */
import { createRoute } from "@hono/zod-openapi";
import { Alive, Health } from "../../api/schema.js";
import { json, type Mount, OPEN, READS, refusals } from "./mount.js";

const alive = createRoute({
  method: "get",
  path: "/healthz",
  operationId: "getAlive",
  summary: "Whether the gate decides",
  description: "for whoever watches over the service from outside: no word of policy, rules or posts",
  tags: ["health"],
  ...OPEN,
  responses: { 200: json(Alive, "it decides"), 503: json(Alive, "it holds every agent's post") },
});

const health = createRoute({
  method: "get",
  path: "/health",
  operationId: "getHealth",
  summary: "Whether the gate decides, and why not",
  tags: ["health"],
  ...READS,
  responses: { 200: json(Health, "the engine in force, and what was refused"), ...refusals() },
});

/** Mounts `GET /healthz`, outside the API. */
export const mountAlive: Mount = (app, { gate }) => {
  app.openapi(alive, async (c) => {
    const { ok, canary, refused } = await gate.health();
    const code = canary === "failed" ? "canary-failed" : refused ? "policy-refused" : "ready";
    return c.json({ ok, code } as const, ok ? 200 : 503, { "cache-control": "no-store" });
  });
};

/** Mounts `GET /health`. */
export const mountHealth: Mount = (api, { gate }) => {
  api.openapi(health, async (c) => c.json(await gate.health(), 200));
};
