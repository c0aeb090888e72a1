// HTTP to the review service. Nothing here throws: what went wrong is an answer like any other.
import type { Refusal } from "./types.js";

/** What the service answered, or the problem it named. `status` 0 is a service that could not be reached. */
export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Refusal };

/** Calls relative to `/api/v1/`. `T` is the shape its schema promises. */
export type Http = {
  /** Reads; `query` leaves out what is undefined or empty. */
  get<T>(path: string, query?: Readonly<Record<string, string | undefined>>): Promise<Answer<T>>;
  /** Changes something. `headers` go with it, such as `If-Match`; a body is sent as JSON. */
  send<T>(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer<T>>;
  /** The address of a path, for a link the browser follows itself (a download, an event stream). */
  address(path: string): URL;
};

const unreachable: Refusal = { type: "about:blank", title: "unreachable", status: 0, detail: "" };

async function problemOf(response: Response): Promise<Refusal> {
  const blank = { type: "about:blank", title: response.statusText, status: response.status, detail: "" };
  const named: unknown = await response.json().catch(() => null);
  return typeof named === "object" && named !== null ? { ...blank, ...named, status: response.status } : blank;
}

async function contentOf(response: Response): Promise<unknown> {
  const json = response.headers.get("content-type")?.includes("json") ?? false;
  return response.status === 204 ? null : json ? await response.json() : await response.text();
}

async function ask<T>(url: URL, init: RequestInit = {}): Promise<Answer<T>> {
  try {
    const response = await fetch(url, { ...init, headers: { Accept: "application/json, */*;q=0.5", ...init.headers } });
    return response.ok ? { ok: true, value: (await contentOf(response)) as T } : { ok: false, problem: await problemOf(response) };
  } catch {
    return { ok: false, problem: unreachable };
  }
}

/**
 * HTTP to the service at `base`.
 *
 * @param base the address of `/api/v1/`, ending in a slash
 * @example
 * const http = createHttp(new URL("../api/v1/", document.baseURI));
 * const answer = await http.get<Statistics>("statistics", { from: "2026-11-01", to: "2026-11-22" });
 */
export function createHttp(base: URL): Http {
  const address = (path: string) => new URL(path, base);
  return {
    address,
    get: (path, query = {}) => {
      const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== "");
      const search = new URLSearchParams(given).toString();
      return ask(address(search ? `${path}?${search}` : path));
    },
    send: (method, path, body, headers = {}) =>
      ask(address(path), {
        method,
        headers: { "X-Countersign-Request": "1", ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}
