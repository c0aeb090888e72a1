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
  let quiet = false;
  const gone = () => stream.aborted || stream.closed || context.ended.aborted;
  while (!gone()) {
    const next = context.changed.next(HEARTBEAT_MS);
    const entries = await list(context.db, { after: cursor, limit: BATCH });
    for (const entry of entries) await send(stream, entry);
    cursor = entries.at(-1)?.seq ?? cursor;
    if (entries.length > 0) continue;
    if (quiet) await stream.write(": still here\n\n");
    quiet = true;
    if (!gone()) await next;
  }
}

/** Streams `post` events from `Last-Event-ID` on, or from now. */
export async function events(context: Context, c: HonoContext): Promise<Response> {
  const asked = Number.parseInt(c.req.header("last-event-id") ?? "", 10);
  const latest = await newest(context);
  const from = asked >= 0 && asked <= latest ? asked : latest;
  c.header("x-accel-buffering", "no");
  return streamSSE(c, async (stream) => {
    await stream.write("retry: 2000\n: connected\n\n");
    await follow(context, stream, from);
  });
}
