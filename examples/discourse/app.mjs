// @ts-check
/**
 * The bridge to a Discourse, as a service of its own:
 * `DISCOURSE_URL=… DISCOURSE_KEY=… DISCOURSE_USER=… DISCOURSE_SECRET=… AGENTS=helper node examples/discourse/app.mjs`.
 */
import { serve } from "@hono/node-server";
import { discourseBridge } from "countersign/discourse";
import { createGate } from "countersign/gate";
import { Hono } from "hono";
import { moderatorOf } from "../forum.mjs";

/** Between two looks into the queue for what a lost delivery left there, in milliseconds. */
const SWEEP_MS = 60_000;

/** @param {{ store: string, discourse: import("countersign/discourse").DiscourseOptions }} options */
export async function createApp({ store, discourse }) {
  const bridge = discourseBridge(discourse, () => gate);
  const gate = await createGate({
    store,
    publish: bridge.publish,
    authenticate: (request) => moderatorOf(request.headers.get("authorization")),
  });
  const app = new Hono()
    .post("/webhooks/discourse", (context) => bridge.webhook(context.req.raw))
    .all("/countersign/*", (context) => gate.fetch(context.req.raw));
  return { app, gate, bridge };
}

if (import.meta.filename === process.argv[1]) {
  const {
    DISCOURSE_URL: url = "",
    DISCOURSE_KEY: apiKey = "",
    DISCOURSE_USER: apiUser = "",
    DISCOURSE_SECRET: secret = "",
    AGENTS = "",
  } = process.env;
  const { app, bridge } = await createApp({
    store: ".countersign/discourse.db",
    discourse: { url, apiKey, apiUser, secret, agents: AGENTS.split(",") },
  });
  setInterval(() => bridge.sweep().catch((error) => console.error(error.message)), SWEEP_MS);
  serve({ fetch: app.fetch, port: 8788, hostname: "127.0.0.1" });
}
