/**
 * The forum as a host of Countersign: each post passes the gate before it is stored where anybody can see it.
 */
import { randomUUID } from "node:crypto";
import type { Client, Origin, Submission, ThreadPost, Verdict } from "countersign";
import { type ApprovedPost, actorType, type Gate, type Notice, type Outcome, publicOrigin, termsOf, type WithdrawnPost } from "../index.js";
import { PEOPLE } from "./people.js";
import type { Caller } from "./session.js";
import type { Person, PostRow } from "./shapes.js";
import type { ForumStore } from "./store.js";

/** What somebody wants to post: a reply, or with a `title` a new thread. */
export interface NewPost {
  body: string;
  thread?: string;
  title?: string;
  /** The person an agent works for, from the forum's own records. */
  onBehalfOf?: string;
}

/** What became of it: visible, or what the gate refused with. */
export type Posted = { post: PostRow; outcome: Outcome } | { refused: Outcome };

const THREAD_CONTEXT = 50;

/** Turns visible posts into what the engine reads as context. */
function contextOf(posts: readonly PostRow[]): ThreadPost[] {
  return posts
    .slice(-THREAD_CONTEXT)
    .map(({ id, author, at, body }) => ({ id, author, handle: author, at, body, kind: PEOPLE.get(author)?.kind ?? "unknown" }));
}

function authorOf(person: Person): Submission["post"]["author"] {
  return { id: person.id, handle: person.id, kind: person.kind, groups: person.moderator ? ["moderators"] : [] };
}

/** How a post came; that it was signed the gate adds itself. */
function clientOf({ person, auth }: Caller): Client {
  if (auth === "session") return { channel: "web", auth };
  return auth === "token" ? { channel: "api", auth, app: person.id } : { channel: "api" };
}

/** Who wrote a post; where the engine could not tell, what the forum knows of the account. */
function originOf({ post: { author } }: Submission, verdict: Verdict | null): Origin | null {
  if (verdict) return publicOrigin(verdict.origin);
  return author.kind === "agent" ? { label: "agent", basis: "verified", agent: author.id, evidence: [] } : null;
}

const UNKNOWN: Verdict["request"] = { status: "unrequested", why: "it could not be checked" };

/** The row to show for a post the gate let through: what it says of its origin everybody may read. */
function rowOf(submission: Submission, verdict: Verdict | null, shown: { flagged: boolean; cleared: boolean }): PostRow {
  const { post } = submission;
  const origin = originOf(submission, verdict);
  return {
    id: post.id ?? "",
    thread: post.thread ?? "",
    author: post.author.id,
    onBehalfOf: verdict?.request.by ?? post.onBehalfOf ?? null,
    at: new Date().toISOString(),
    body: post.body,
    origin,
    terms: origin ? termsOf({ origin, request: verdict?.request ?? UNKNOWN }, shown.cleared) : null,
    actor: origin ? actorType(origin) : "Person",
    ...shown,
  };
}

/** The host's side of the gate. */
export class Forum {
  readonly store: ForumStore;
  #gate: Gate | undefined;

  constructor(store: ForumStore) {
    this.store = store;
  }

  /** The gate; the host's callbacks below are handed to it first. */
  get gate(): Gate {
    if (!this.#gate) throw new Error("the forum has no gate yet: set `gate` before the first post");
    return this.#gate;
  }

  set gate(gate: Gate) {
    this.#gate = gate;
  }

  /** Asks the gate, then stores what may be seen. */
  async post(caller: Caller, wanted: NewPost): Promise<Posted> {
    const submission = this.#submission(caller, wanted);
    const { identity } = caller;
    const outcome = await this.gate.submit(submission, identity ? { identity } : {});
    if (outcome.action === "hold" || outcome.action === "block") return { refused: outcome };
    const row = rowOf(submission, outcome.verdict ?? null, { flagged: outcome.action === "flag", cleared: false });
    this.#show(submission, row);
    return { post: row, outcome };
  }

  /** The gate's `publish` callback: a human let this post through. Repeating it changes nothing. */
  readonly publish = (approved: ApprovedPost): void => {
    const shown = { flagged: approved.action === "flag", cleared: approved.receipt !== null };
    this.#show(approved.submission, rowOf(approved.submission, approved.verdict, shown));
  };

  /** The gate's `withdraw` callback: a moderator rejected a post that was visible. Repeating it changes nothing. */
  readonly withdraw = ({ submission }: WithdrawnPost): void => this.store.removePost(submission.post.id ?? "");

  /** The gate's `notify` callback. */
  readonly notify = (notice: Notice): void => {
    const moderators = [...PEOPLE.values()].filter((person) => person.moderator).map((person) => person.id);
    const { kind, message } = notice;
    for (const person of notice.to === null ? moderators : [notice.to])
      this.store.addNotice(person, { at: new Date().toISOString(), kind, message });
  };

  #show(submission: Submission, row: PostRow): void {
    const title = submission.post.fields?.title;
    if (title !== undefined) this.store.addThread({ id: row.thread, title, author: row.author, at: row.at });
    this.store.addPost(row);
  }

  #submission(caller: Caller, wanted: NewPost): Submission {
    const now = new Date().toISOString();
    const thread = wanted.thread === undefined ? undefined : this.store.thread(wanted.thread);
    const posts = thread ? contextOf(this.store.posts(thread.id)) : [];
    return {
      now,
      post: {
        id: randomUUID(),
        thread: thread?.id ?? randomUUID(),
        at: now,
        body: wanted.body,
        format: "markdown",
        author: authorOf(caller.person),
        client: clientOf(caller),
        ...(wanted.title === undefined ? {} : { fields: { title: wanted.title } }),
        ...(wanted.onBehalfOf === undefined ? {} : { onBehalfOf: wanted.onBehalfOf }),
      },
      ...(thread ? { thread: { id: thread.id, author: thread.author, title: thread.title, category: "engineering", posts } } : {}),
    };
  }
}
