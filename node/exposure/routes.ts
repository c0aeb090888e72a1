/**
 * Where a forum page tells who saw a veiled post: for readers, not for moderators, and only for themselves.
 */
import { z } from "@hono/zod-openapi";
import type { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { GateOptions } from "../api/host.js";
import { ProblemError } from "../api/problems.js";
import type { Context } from "../context.js";
import { type Env, ownScriptOnly } from "../review/guard.js";
import { record } from "./exposure.js";

/** A post by its content, and whether its veil was lifted. */
const Seen = z.object({ contentHash: z.string().max(200), acknowledged: z.boolean().optional() });

/** The most it may weigh, in bytes. */
const LARGEST = 4_096;

/** Mounts `POST /api/v1/exposure`; it answers the same whether the post is recorded or not. */
export function exposureRoute(app: Hono<Env>, context: Context, reader: NonNullable<GateOptions["reader"]>): void {
  const onError = () => {
    throw new ProblemError("too-large", "name one post: this takes at most 4 kB");
  };
  app.post("/api/v1/exposure", ownScriptOnly, bodyLimit({ maxSize: LARGEST, onError }), async (c) => {
    const who = await reader(c.req.raw);
    if (who === null) throw new ProblemError("unauthenticated", "the forum does not know who is reading: sign in");
    const seen = Seen.safeParse(await c.req.json().catch(() => null));
    if (!seen.success) throw new ProblemError("malformed-request", "send `contentHash`, and `acknowledged` when the veil was lifted");
    const { contentHash, acknowledged = false } = seen.data;
    await record(context, { contentHash, acknowledged, reader: who });
    return c.body(null, 204);
  });
}
