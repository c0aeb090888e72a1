/**
 * The gate's two cookies: the session's, and the one that ties a sign-in under way to the browser that began it.
 *
 * Both are `SameSite=Lax`, not `Strict`: the way back from an identity provider is a navigation another site began, and a browser
 * sends no `Strict` cookie along it. What `Lax` leaves open (top-level GETs) changes nothing here: every change is a POST, and is
 * checked for its origin besides.
 */
import type { Context as HonoContext } from "hono";
import { setCookie } from "hono/cookie";
import { parse } from "hono/utils/cookie";

/** What a cookie is for. */
export type Purpose = "session" | "signin";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/u;

/** Whether an address is one of this machine's own. */
export const loopback = ({ hostname }: URL): boolean => LOOPBACK.test(hostname);

/** Whether cookies travel by https only: always, except by http on this machine. */
export const secure = (url: URL): boolean => url.protocol === "https:" || !loopback(url);

/** `__Host-`: a browser takes it by https from this very host only, so that no neighbour can plant one. */
function nameOf(purpose: Purpose, url: URL): string {
  const name = purpose === "session" ? "countersign" : "countersign-signin";
  return secure(url) ? `__Host-${name}` : name;
}

/** A cookie's value. */
export function read(request: Request, purpose: Purpose, url: URL): string | undefined {
  const header = request.headers.get("cookie");
  return header === null ? undefined : parse(header, nameOf(purpose, url))[nameOf(purpose, url)];
}

/** Sets a cookie for `seconds`; 0 deletes it. */
export function write(c: HonoContext, purpose: Purpose, url: URL, value: string, seconds: number): void {
  setCookie(c, nameOf(purpose, url), value, { path: "/", httpOnly: true, sameSite: "Lax", secure: secure(url), maxAge: seconds });
}
