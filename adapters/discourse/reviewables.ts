/**
 * Discourse's review API, as much of it as the bridge needs: https://docs.discourse.org and `app/controllers/reviewables_controller.rb`.
 *
 * Every decision names the version it was made on; Discourse answers 409 when that is not the current one.
 */
import type { DiscoursePost } from "./submission.js";

/** How requests are made. */
export type Fetch = (request: Request) => Promise<Response>;

/** Discourse did not do what it was asked; the message says what to check. */
export class DiscourseError extends Error {
  override name = "DiscourseError";
}

/** A reviewable as the API shows one. */
type Reviewable = {
  id: number;
  type: string;
  status: number;
  version: number;
  topic_id?: number | null;
  category_id?: number | null;
  created_at?: string;
  payload?: { raw?: string; title?: string; tags?: string[]; reply_to_post_number?: number };
  target_created_by?: { id: number; username: string };
  created_by?: { id: number; username: string };
};

/** `ReviewableQueuedPost` with this status waits for a decision. */
const PENDING = 0;

/** Times a decision is tried again on a newer version. */
const TRIES = 3;

/** A user's own post is by `target_created_by`; Discourse names whoever queued it `created_by`. */
function postOf(found: Reviewable): DiscoursePost | null {
  if (found.type !== "ReviewableQueuedPost" || found.status !== PENDING) return null;
  const author = found.target_created_by ?? found.created_by;
  const { raw = "", title, tags, reply_to_post_number: replyTo } = found.payload ?? {};
  return {
    reviewable: found.id,
    version: found.version,
    username: author?.username ?? "",
    topicId: found.topic_id ?? null,
    categoryId: found.category_id ?? null,
    at: found.created_at ?? null,
    raw,
    ...(title === undefined ? {} : { title }),
    ...(tags === undefined ? {} : { tags }),
    ...(replyTo === undefined ? {} : { replyTo }),
  };
}

/** Reads and decides reviewables. */
export class Reviewables {
  #base: string;
  #headers: Record<string, string>;
  #fetch: Fetch;

  constructor({ url, apiKey, apiUser, fetch: ask = fetch }: { url: string; apiKey: string; apiUser: string; fetch?: Fetch }) {
    this.#base = url.replace(/\/$/, "");
    this.#headers = { "api-key": apiKey, "api-username": apiUser, accept: "application/json" };
    this.#fetch = ask;
  }

  async #ask(method: string, path: string): Promise<Response> {
    return this.#fetch(new Request(`${this.#base}${path}`, { method, headers: this.#headers }));
  }

  async #json<T>(path: string): Promise<T> {
    const answer = await this.#ask("GET", path);
    if (answer.ok) return (await answer.json()) as T;
    throw new DiscourseError(
      `Discourse answered ${answer.status} to \`GET ${path}\`: check the address, the API key and its user's rights`,
    );
  }

  /** The queued post a reviewable is about; null when it is decided, or something else. */
  async get(id: number): Promise<DiscoursePost | null> {
    const answer = await this.#ask("GET", `/review/${id}.json`);
    if (answer.status === 404) return null;
    if (!answer.ok) throw new DiscourseError(`Discourse answered ${answer.status} to \`GET /review/${id}.json\`: check the API key`);
    return postOf(((await answer.json()) as { reviewable: Reviewable }).reviewable);
  }

  /** The ids of all queued posts that wait. */
  async pending(): Promise<number[]> {
    const { reviewables } = await this.#json<{ reviewables: Reviewable[] }>("/review.json?type=ReviewableQueuedPost&status=pending");
    return reviewables.map(({ id }) => id);
  }

  /** A topic with its posts, raw. */
  topic(id: number): Promise<Record<string, unknown>> {
    return this.#json(`/t/${id}.json?include_raw=true`);
  }

  /**
   * Decides on exactly the text that was judged. When the version is another by now the post is read again, and decided only if
   * its text is still the same.
   *
   * @returns false when somebody else has decided, or changed the text
   */
  async perform(id: number, action: "approve_post" | "reject_post", judged: DiscoursePost): Promise<boolean> {
    let current: DiscoursePost | null = judged;
    for (let tried = 0; tried < TRIES && current !== null; tried += 1) {
      if (current.raw !== judged.raw || current.title !== judged.title) return false;
      const answer = await this.#ask("PUT", `/review/${id}/perform/${action}?version=${current.version}`);
      if (answer.ok) return true;
      if (answer.status !== 409)
        throw new DiscourseError(`Discourse answered ${answer.status} to \`${action}\`: check the API user's rights`);
      current = await this.get(id);
    }
    return false;
  }
}
