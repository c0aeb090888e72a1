/**
 * The forum's refusals, as RFC 9457 problem+json.
 */
import { HTTPException } from "hono/http-exception";

/** A refusal; `detail` says what to do next. */
export function problem(status: 400 | 401 | 403 | 404 | 409 | 413 | 500, title: string, detail: string): Response {
  return Response.json({ type: "about:blank", title, status, detail }, { status, headers: { "content-type": "application/problem+json" } });
}

/** The same, to be thrown from inside a route. */
export function refuse(...refusal: Parameters<typeof problem>): HTTPException {
  return new HTTPException(refusal[0], { res: problem(...refusal), message: refusal[2] });
}
