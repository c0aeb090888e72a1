/**
 * Countersign beside Discourse, as a bridge of its own: Discourse puts agents' posts into its review queue, tells the bridge by
 * webhook, and the bridge decides each of them there, with what the gate says.
 *
 * A Discourse webhook comes after a post exists, so it cannot hold one. What holds is Discourse's own approval: agents are in a group
 * whose posts need it (admin → settings → `approve unless trust level`, or a category that requires approval). Until the bridge, or
 * a moderator, decides, nobody else sees the post.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { ApprovedPost, Gate, SubmissionInput } from "countersign/gate";
import { mayPublish } from "../outcome.js";
import { type Fetch, Reviewables } from "./reviewables.js";
import { type DiscoursePost, postsOf, submissionOf } from "./submission.js";

export { DiscourseError } from "./reviewables.js";

/** How to reach a Discourse, and who is an agent there. */
export type DiscourseOptions = {
  /** Such as `https://forum.example`. */
  url: string;
  /** An API key of a moderator's, and that moderator's name. */
  apiKey: string;
  apiUser: string;
  /** The webhook's secret; every delivery without its signature is refused. */
  secret: string;
  /** Usernames that are agents. */
  agents: readonly string[];
  /** How requests are made; the platform's `fetch` when left out. */
  fetch?: Fetch;
};

/** What became of one delivery. */
export type Decided = { reviewable: number; action: "approve_post" | "reject_post" | "left"; why: string };

/** The bridge. */
export type DiscourseBridge = {
  /** Answers a webhook delivery: 200 once it is decided, 401 without the right signature, 5xx so that Discourse sends it again. */
  webhook(request: Request): Promise<Response>;
  /** Decides everything that waits in the queue: after a restart, and for deliveries that were lost. */
  sweep(): Promise<Decided[]>;
  /**
   * For the gate's `publish`: a moderator let a held post through at Countersign's desk, or its owner published the draft. It is
   * approved in Discourse's queue when it still says there what was approved; anything else stays there.
   */
  publish(approved: Pick<ApprovedPost, "submission">): Promise<void>;
};

/** The largest delivery that is read, in bytes. */
const LARGEST = 4_194_304;

/** Whether `signature` (`sha256=…`) is that of the raw body: `X-Discourse-Event-Signature`. */
export function isSigned(raw: Uint8Array, signature: string | null, secret: string): boolean {
  const wanted = Buffer.from(`sha256=${createHmac("sha256", secret).update(raw).digest("hex")}`);
  const given = Buffer.from(signature ?? "");
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function readJson(raw: Uint8Array): { reviewable?: { id?: number } } | null {
  try {
    return JSON.parse(Buffer.from(raw).toString("utf8"));
  } catch {
    return null;
  }
}

/**
 * Builds a bridge.
 *
 * @example
 * const bridge = discourseBridge({ url, apiKey, apiUser: "countersign", secret, agents: ["helper"] }, () => gate);
 * const gate = await createGate({ store, authenticate, publish: bridge.publish });
 * app.post("/webhooks/discourse", (context) => bridge.webhook(context.req.raw));
 */
export function discourseBridge(options: DiscourseOptions, gate: () => Pick<Gate, "submit">): DiscourseBridge {
  const reviewables = new Reviewables(options);
  const isAgent = (username: string) => options.agents.some((name) => name.toLowerCase() === username.toLowerCase());

  /** What the gate says of a post; null when it is none of an agent's. */
  async function judged(post: DiscoursePost): Promise<{ submission: SubmissionInput; publish: boolean; why: string } | null> {
    if (!isAgent(post.username)) return null;
    const context = post.topicId === null ? [] : postsOf(await reviewables.topic(post.topicId));
    const submission = submissionOf(post, context, isAgent);
    const outcome = await gate().submit(submission);
    const why = outcome.problem?.detail ?? outcome.verdict?.reasons[0]?.message ?? outcome.action;
    return { submission, publish: mayPublish(outcome), why };
  }

  async function decide(id: number): Promise<Decided> {
    const post = await reviewables.get(id);
    if (post === null) return { reviewable: id, action: "left", why: "it is decided already, or no queued post" };
    const verdict = await judged(post);
    if (verdict === null) return { reviewable: id, action: "left", why: "its author is no agent" };
    // Held stays where it is: in Discourse's queue, for its moderators, and at Countersign's desk.
    if (!verdict.publish) return { reviewable: id, action: "left", why: verdict.why };
    const done = await reviewables.perform(id, "approve_post", post);
    return { reviewable: id, action: done ? "approve_post" : "left", why: done ? verdict.why : "somebody else has decided or changed it" };
  }

  return {
    async webhook(request) {
      const raw = new Uint8Array(await request.arrayBuffer());
      if (raw.length > LARGEST) return new Response(null, { status: 413 });
      if (!isSigned(raw, request.headers.get("x-discourse-event-signature"), options.secret)) return new Response(null, { status: 401 });
      const id = readJson(raw)?.reviewable?.id;
      if (id === undefined) return Response.json({ ignored: request.headers.get("x-discourse-event") });
      return decide(id).then(
        (decided) => Response.json(decided),
        () => new Response(null, { status: 503 }),
      );
    },
    async sweep() {
      const decided: Decided[] = [];
      for (const id of await reviewables.pending()) decided.push(await decide(id));
      return decided;
    },
    async publish({ submission: { id, post: approved } }) {
      const [, reviewable] = /^reviewable:(\d+)$/.exec(id ?? "") ?? [];
      if (reviewable === undefined) return;
      const post = await reviewables.get(Number(reviewable));
      if (post !== null && post.raw === approved.body) await reviewables.perform(Number(reviewable), "approve_post", post);
    },
  };
}
