/**
 * Live updates: the audit log read forward as server-sent events. Its sequence number is the event's id, so a page that was away
 * resumes exactly where it was, across restarts.
 */
import type { Context as HonoContext } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import type { AuditEntry } from "../api/schema.js";
import { list } from "../audit/chain.js";
import type { Context } from "../context.js";

const HEARTBEAT_MS = 15_000;
const BATCH = 200;

/** The most entries a page that was away is told one by one; after more it reads the queue anew. */
export const TAIL = 1_000;

async function newest(context: Context): Promise<number> {
  const row = await context.db.selectFrom("audit").select("seq").orderBy("seq", "desc").limit(1).executeTakeFirst();
  return row?.seq ?? 0;
}

async function send(stream: SSEStreamingApi, entry: AuditEntry) {
  const { state, version } = entry.detail;
  if (entry.postId === null || state === undefined || version === undefined) return;
  await stream.writeSSE({ id: String(entry.seq), event: "post", data: JSON.stringify({ id: entry.postId, state, version }) });
}

async function follow(context: Context, stream: SSEStreamingApi, from: number) {
  let cursor = from;
  const gone = () => stream.aborted || stream.closed || context.ended.aborted;
  while (!gone()) {
    const next = context.changed.next(HEARTBEAT_MS);
    const entries = await list(context.db, { after: cursor, limit: BATCH });
    for (const entry of entries) await send(stream, entry);
    cursor = entries.at(-1)?.seq ?? cursor;
    if (entries.length > 0) continue;
    // Says nothing, and keeps a proxy from taking the stream for dead.
    await stream.write(": still here\n\n");
    if (!gone()) await next;
  }
}

/** Where a page goes on: after the last event it had, or from now; `lost` when it cannot be told what it missed. */
function resume(last: string | undefined, latest: number): { from: number; lost: boolean } {
  if (last === undefined) return { from: latest, lost: false };
  const asked = /^\d{1,15}$/.test(last) ? Number(last) : Number.NaN;
  return asked <= latest && latest - asked <= TAIL ? { from: asked, lost: false } : { from: latest, lost: true };
}

/** Streams `post` events from `Last-Event-ID` on, or from now; a `reset` event first, when what was missed is not told one by one. */
export async function events(context: Context, c: HonoContext): Promise<Response> {
  const latest = await newest(context);
  const { from, lost } = resume(c.req.header("last-event-id"), latest);
  const stream = streamSSE(c, async (stream) => {
    await stream.write("retry: 2000\n: connected\n\n");
    if (lost) await stream.writeSSE({ id: String(latest), event: "reset", data: "{}" });
    await follow(context, stream, from);
  });
  // Proxies that gather an answer before they pass it on would hold events back.
  stream.headers.set("x-accel-buffering", "no");
  stream.headers.set("cache-control", "no-store, no-transform");
  return stream;
}
