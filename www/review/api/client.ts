// Speaks HTTP to the review service. Nothing here throws: what went wrong is an answer like any other.
import type { PostDetail, PostPage, Problem, Session, Step } from "./types.js";

/** What the service answered, or the problem it named. `status` 0 is a service that could not be reached. */
export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** A step taken on exactly the version and content the moderator saw. */
export type StepRequest = { id: string; step: Step; version: number; contentHash: string; comment?: string };

/** The calls the page makes. */
export type Client = {
  session(): Promise<Answer<Session>>;
  list(state: string, cursor?: string | null, limit?: number): Promise<Answer<PostPage>>;
  post(id: string): Promise<Answer<PostDetail>>;
  take(request: StepRequest): Promise<Answer<PostDetail>>;
};

const unreachable: Problem = { type: "about:blank", title: "unreachable", status: 0, detail: "" };

async function problemOf(response: Response): Promise<Problem> {
  const blank = { type: "about:blank", title: response.statusText, status: response.status, detail: "" };
  const named: unknown = await response.json().catch(() => null);
  return typeof named === "object" && named !== null ? { ...blank, ...named, status: response.status } : blank;
}

async function ask<T>(url: URL, init: RequestInit = {}): Promise<Answer<T>> {
  try {
    const response = await fetch(url, { ...init, headers: { Accept: "application/json", ...init.headers } });
    return response.ok ? { ok: true, value: (await response.json()) as T } : { ok: false, problem: await problemOf(response) };
  } catch {
    return { ok: false, problem: unreachable };
  }
}

/**
 * A client of the service at `base`.
 *
 * @param base the address of `/api/v1/`, ending in a slash
 * @example
 * const client = createClient(new URL("../api/v1/", document.baseURI));
 * const page = await client.list("open");
 */
export function createClient(base: URL): Client {
  const at = (path: string) => new URL(path, base);
  return {
    session: () => ask<Session>(at("session")),
    post: (id) => ask<PostDetail>(at(`posts/${encodeURIComponent(id)}`)),
    list: (state, cursor, limit = 50) => {
      const query = new URLSearchParams({ state, limit: String(limit), ...(cursor ? { cursor } : {}) });
      return ask<PostPage>(at(`posts?${query}`));
    },
    take: ({ id, step, version, contentHash, comment }) =>
      ask<PostDetail>(at(`posts/${encodeURIComponent(id)}/${step}`), {
        method: "POST",
        headers: { "Content-Type": "application/json", "If-Match": `"${version}"`, "X-Countersign-Request": "1" },
        body: JSON.stringify({ contentHash, ...(comment ? { comment } : {}) }),
      }),
  };
}
