/**
 * Text without a thread, as the CLI judges it: an agent's answer to a human's request, so that the request never is what decides.
 */
import type { Submission } from "countersign";

/** `body` as an agent's asked-for reply, written now. */
export function reply(body: string, now: Date = new Date()): Submission {
  const [asked, answered] = [new Date(now.getTime() - 60_000).toISOString(), now.toISOString()];
  return {
    post: { id: "p2", thread: "t1", replyTo: "p1", at: answered, body, author: { id: "agent", handle: "agent", kind: "agent" } },
    thread: {
      id: "t1",
      author: "asker",
      posts: [{ id: "p1", author: "asker", handle: "asker", kind: "human", at: asked, body: "@agent how do I fix this?" }],
    },
    now: answered,
  };
}
