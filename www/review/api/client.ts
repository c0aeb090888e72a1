// The calls of the queue and of decisions, each by name.
import type { Answer, Http } from "./http.js";
import type {
  BulkRequest,
  BulkResult,
  DecisionRequest,
  Facets,
  PostDetail,
  PostPage,
  PostQuery,
  SavedView,
  Session,
  Step,
} from "./types.js";

export type { Answer } from "./http.js";

/** A step taken on exactly the version and content the moderator saw. */
export type StepRequest = DecisionRequest & { id: string; step: Step; version: number };

/** A query as it stands in an address: every value a string. */
export type Query = Readonly<Partial<Record<keyof PostQuery, string>>>;

/** The calls the page makes. */
export type Client = {
  session(): Promise<Answer<Session>>;
  list(query: Query, cursor: string | null, limit: number): Promise<Answer<PostPage>>;
  facets(query: Query): Promise<Answer<Facets>>;
  post(id: string): Promise<Answer<PostDetail>>;
  take(request: StepRequest): Promise<Answer<PostDetail>>;
  bulk(request: BulkRequest): Promise<Answer<BulkResult>>;
  views(): Promise<Answer<SavedView[]>>;
  saveView(view: SavedView): Promise<Answer<SavedView>>;
  dropView(name: string): Promise<Answer<null>>;
};

const AGAIN_MS = 400;
const BYTES = 16;

/** A key no other request has. `crypto.randomUUID` is missing where a forum is served without TLS. */
const freshKey = () => [...crypto.getRandomValues(new Uint8Array(BYTES))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Asks once more when the answer did not arrive; the service does what one key asks for only once. */
async function insist<T>(ask: (key: string) => Promise<Answer<T>>): Promise<Answer<T>> {
  const key = freshKey();
  const answer = await ask(key);
  if (answer.ok || answer.problem.status !== 0) return answer;
  await new Promise((passed) => setTimeout(passed, AGAIN_MS));
  return ask(key);
}

/**
 * The client of a service.
 *
 * @example
 * const client = createClient(createHttp(new URL("../api/v1/", document.baseURI)));
 * const page = await client.list({ state: "open" }, null, 50);
 */
export function createClient(http: Http): Client {
  const view = (name: string) => `views/${encodeURIComponent(name)}`;
  return {
    session: () => http.get("session"),
    post: (id) => http.get(`posts/${encodeURIComponent(id)}`),
    list: (query, cursor, limit) => http.get("posts", { ...query, cursor: cursor ?? undefined, limit: String(limit) }),
    facets: (query) => http.get("facets", query),
    take: ({ id, step, version, ...decision }) =>
      insist((key) =>
        http.send("POST", `posts/${encodeURIComponent(id)}/${step}`, decision, { "If-Match": `"${version}"`, "Idempotency-Key": key }),
      ),
    bulk: (request) => insist((key) => http.send("POST", "bulk", request, { "Idempotency-Key": key })),
    views: () => http.get("views"),
    saveView: ({ name, query }) => http.send("PUT", view(name), { query }),
    dropView: (name) => http.send("DELETE", view(name)),
  };
}
