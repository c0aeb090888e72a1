/**
 * Tells a forum over HTTP what to publish, what to take down and whom to tell: signed as Standard Webhooks says
 * (https://www.standardwebhooks.com), so that libraries in most languages can verify it.
 */
import { createHmac } from "node:crypto";
import type { GateOptions } from "../api/host.js";

/** Milliseconds the forum may take; then it is asked again later. */
const TIMEOUT_MS = 10_000;

/** What can be told. */
export type Message = "publish" | "withdraw" | "notice";

/** Where to, and with which secret. */
export type WebhookOptions = { url: string; secret: string; now?: () => Date; fetch?: typeof fetch };

const PREFIX = "whsec_";

/** A secret's bytes: `whsec_` and base64 as the standard writes it, or any text. */
const keyOf = (secret: string) => (secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), "base64") : Buffer.from(secret));

/** The signature of a message: `v1,` and the base64 HMAC-SHA-256 of `id.timestamp.body`. */
export function signature(secret: string, id: string, timestamp: string, body: string): string {
  return `v1,${createHmac("sha256", keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}

async function tell(
  { url, secret, now = () => new Date(), fetch: send = fetch }: WebhookOptions,
  type: Message,
  id: string,
  data: unknown,
) {
  const body = JSON.stringify({ type, timestamp: now().toISOString(), data });
  const timestamp = String(Math.floor(now().getTime() / 1_000));
  const headers = {
    "content-type": "application/json",
    "webhook-id": `${type}:${id}`,
    "webhook-timestamp": timestamp,
    "webhook-signature": signature(secret, `${type}:${id}`, timestamp, body),
  };
  const answer = await send(url, { method: "POST", headers, body, redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`the forum answered ${answer.status}`);
}

/**
 * The host functions of a forum behind a URL. Each message is sent again until the forum answers with 2xx; `webhook-id` stays the same,
 * so that it can tell a repetition.
 */
export function webhook(options: WebhookOptions): Required<Pick<GateOptions, "publish" | "withdraw" | "notify">> {
  return {
    publish: (post) => tell(options, "publish", post.id, post),
    withdraw: (post) => tell(options, "withdraw", post.id, post),
    notify: (notice) => tell(options, "notice", `${notice.postId}:${notice.kind}:${notice.to ?? "moderators"}`, notice),
  };
}
