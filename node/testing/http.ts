/**
 * Calls of the review API, as the page makes them.
 */
import type { TestGate } from "./gate.js";

const BASE = "http://forum.test/countersign";

/** What a call answered; `json` when it was JSON, `text` when it was not. */
export type Answered<T> = { status: number; json: T; text: string; headers: Headers };

/** Calls the review API as `user`. */
export async function api<T>(test: TestGate, user: string, method: string, path: string, body?: unknown): Promise<Answered<T>> {
  const headers = { "x-user": user, "x-countersign-request": "1", ...(body === undefined ? {} : { "content-type": "application/json" }) };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await test.gate.fetch(new Request(`${BASE}/api/v1/${path}`, init));
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") ?? false;
  return { status: response.status, json: (isJson ? JSON.parse(text) : undefined) as T, text, headers: response.headers };
}
