/**
 * A fake of Discourse's review API, as documented: queued posts with versions, 409 for a stale one, 404 for what is not there, 403
 * without the key. Not Discourse.
 */
import { createHmac } from "node:crypto";
import type { Fetch } from "../reviewables.js";

/** A queued post. */
export type Queued = { id: number; version: number; status: number; raw: string; username: string; topicId: number };

export const SECRET = "webhook-secret";
export const KEY = "api-key";

/** A topic by dana, in which she asks the helper; recorded in the shape of `GET /t/:id.json?include_raw=true`. */
const topic = (asked: boolean) => ({
  id: 7,
  title: "The deploy job fails",
  post_stream: {
    posts: [
      {
        id: 70,
        post_number: 1,
        username: "dana",
        created_at: new Date(Date.now() - 60_000).toISOString(),
        cooked: "<p>…</p>",
        raw: asked ? "@helper how do I fix this?" : "How do I fix this?",
      },
    ],
  },
});

/** Starts a fake. */
export function fakeDiscourse({ asked = true }: { asked?: boolean } = {}) {
  const queue = new Map<number, Queued>();
  const requests: string[] = [];
  /** Called before a decision is answered: somebody else may be faster. */
  const before: { perform?: (queued: Queued) => void } = {};

  const shown = ({ id, version, status, raw, username, topicId }: Queued) => ({
    id,
    type: "ReviewableQueuedPost",
    status,
    version,
    topic_id: topicId,
    category_id: 4,
    created_at: new Date().toISOString(),
    target_created_by: { id: 9, username, name: null, avatar_template: "/letter_avatar/…" },
    created_by: { id: -1, username: "system" },
    payload: { raw },
  });

  function perform(queued: Queued | undefined, action: string, version: string | null): Response {
    if (!queued) return new Response(null, { status: 404 });
    before.perform?.(queued);
    if (String(queued.version) !== version) return Response.json({ errors: ["reviewable updated"] }, { status: 409 });
    Object.assign(queued, { status: action === "approve_post" ? 1 : 2, version: queued.version + 1 });
    return Response.json({ reviewable_perform_result: { success: true, version: queued.version } });
  }

  const ask: Fetch = async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    requests.push(`${request.method} ${pathname}`);
    if (request.headers.get("api-key") !== KEY) return new Response(null, { status: 403 });
    const [, id = "", action] = /^\/review\/(\d+)(?:\.json|\/perform\/(\w+))$/.exec(pathname) ?? [];
    if (action !== undefined) return perform(queue.get(Number(id)), action, searchParams.get("version"));
    const found = queue.get(Number(id));
    if (id !== "") return found ? Response.json({ reviewable: shown(found) }) : new Response(null, { status: 404 });
    if (pathname === "/review.json")
      return Response.json({ reviewables: [...queue.values()].filter(({ status }) => status === 0).map(shown) });
    return Response.json(topic(asked));
  };

  /** A delivery as Discourse sends one. */
  function delivery(id: number, secret = SECRET): Request {
    const body = JSON.stringify({ reviewable: { id, type: "ReviewableQueuedPost", status: 0 } });
    const signature = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
    const headers = {
      "content-type": "application/json",
      "x-discourse-event-type": "reviewable",
      "x-discourse-event": "reviewable_created",
    };
    return new Request("https://bridge.example/webhook", {
      method: "POST",
      body,
      headers: { ...headers, "x-discourse-event-signature": signature },
    });
  }

  const add = (raw: string, username = "helper") => {
    const id = queue.size + 1;
    queue.set(id, { id, version: 0, status: 0, raw, username, topicId: 7 });
    return id;
  };
  return { queue, requests, before, fetch: ask, delivery, add };
}
