/**
 * What a thread's page tells machines: a JSON-LD element that says of each post who wrote it.
 */
import { discussion, jsonLdScript } from "../index.js";
import { PEOPLE } from "./people.js";
import type { PostRow } from "./shapes.js";
import type { ForumStore } from "./store.js";

/**
 * The element for the page of a thread; empty for a thread that is not there.
 *
 * @param address of the page
 */
export function metadataOf(store: ForumStore, address: string, id: string): string {
  const thread = store.thread(id);
  const { origin } = new URL(address);
  const shown = ({ at, author, actor, terms, ...post }: PostRow) => ({
    url: `${origin}/t/${id}#post-${post.id}`,
    at,
    author: PEOPLE.get(author)?.name ?? author,
    actor,
    terms,
  });
  const [first, ...comments] = thread ? store.posts(id).map(shown) : [];
  return thread && first ? jsonLdScript(discussion(thread.title, first, comments)) : "";
}
