// Finds what a moderator needs of a thread: the question and the post that would be answered.
import type { Submission } from "../api/types.js";

/** A post already in the thread. */
export type ThreadPost = NonNullable<NonNullable<Submission["thread"]>["posts"]>[number];

/** The question, the post that is answered when that is another one, and who waits for the answer. */
export type Context = { question: ThreadPost | null; answered: ThreadPost | null; waiting: string | null; posts: readonly ThreadPost[] };

/** The context a submission would appear in. */
export function context({ thread, post }: Submission): Context {
  const posts = thread?.posts ?? [];
  const question = posts[0] ?? null;
  const replied = posts.find((other) => other.id === post.replyTo) ?? null;
  const answered = replied && replied !== question ? replied : null;
  return { question, answered, waiting: (answered ?? question)?.author ?? thread?.author ?? null, posts };
}
