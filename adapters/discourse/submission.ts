/**
 * Makes submissions of what Discourse's API shows of a queued post and of the topic it would stand in.
 */
import type { SubmissionInput } from "countersign/gate";

/** A queued post. */
export type DiscoursePost = {
  reviewable: number;
  version: number;
  username: string;
  /** Null for a new topic. */
  topicId: number | null;
  categoryId: number | null;
  /** RFC 3339. */
  at: string | null;
  raw: string;
  title?: string;
  tags?: string[];
  /** The number of the post it answers. */
  replyTo?: number;
};

/** A post of a topic as `GET /t/:id.json?include_raw=true` shows it. */
type TopicPost = { id: number; username: string; created_at: string; raw?: string; post_number: number; groups?: { name: string }[] };

/** A topic's posts; those without their source are left out, since nobody can be seen to have asked in them. */
export function postsOf(topic: Record<string, unknown>): TopicPost[] {
  const { posts = [] } = (topic.post_stream ?? {}) as { posts?: TopicPost[] };
  return posts.filter(({ raw }) => typeof raw === "string");
}

/** The fields a reader sees besides the body. */
function fieldsOf({ title, tags }: DiscoursePost): Record<string, string> {
  return { ...(title === undefined ? {} : { title }), ...(tags === undefined || tags.length === 0 ? {} : { tags: tags.join(", ") }) };
}

/**
 * The submission of a queued post.
 *
 * @param context the posts of the topic it would stand in
 */
export function submissionOf(post: DiscoursePost, context: TopicPost[], isAgent: (username: string) => boolean): SubmissionInput {
  const thread = post.topicId === null ? `category:${post.categoryId ?? ""}` : String(post.topicId);
  const fields = fieldsOf(post);
  return {
    id: `reviewable:${post.reviewable}`,
    post: {
      thread,
      body: post.raw,
      author: { id: post.username, handle: post.username, kind: isAgent(post.username) ? "agent" : "human" },
      client: { channel: "api" },
      ...(post.replyTo === undefined ? {} : { replyTo: String(post.replyTo) }),
      ...(Object.keys(fields).length > 0 ? { fields } : {}),
    },
    thread: {
      id: thread,
      category: String(post.categoryId ?? ""),
      posts: context.map(({ username, created_at, raw = "", post_number }) => ({
        id: String(post_number),
        author: username,
        handle: username,
        kind: isAgent(username) ? ("agent" as const) : ("human" as const),
        at: created_at,
        body: raw,
      })),
    },
  };
}
