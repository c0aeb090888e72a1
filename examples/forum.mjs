// @ts-check
/**
 * A forum as small as one can be, for the example apps: accounts, threads and posts in memory. What a real forum keeps in a database
 * stands here; how it talks to the gate is the same.
 */
import { randomUUID } from "node:crypto";

/** @typedef {import("countersign/gate").SubmissionInput} SubmissionInput */
/** @typedef {{ id: string, kind: "human" | "agent", moderator?: boolean }} Account */
/** @typedef {{ id: string, thread: string, author: string, at: string, body: string, contentHash: string, label: string | null }} Post */

/** Accounts by the token they sign in with. A real forum has sessions and a user table. @type {Map<string, Account>} */
const ACCOUNTS = new Map([
  ["dana-token", { id: "dana", kind: "human" }],
  ["mira-token", { id: "mira", kind: "human", moderator: true }],
  ["helper-token", { id: "helper", kind: "agent" }],
]);

/** Who a request comes from. @param {string | null | undefined} authorization the header @returns {Account | null} */
export function accountOf(authorization) {
  return ACCOUNTS.get(/^Bearer (.+)$/.exec(authorization ?? "")?.[1] ?? "") ?? null;
}

/** The accounts that may use the review desk. @param {string | null | undefined} authorization */
export function moderatorOf(authorization) {
  const account = accountOf(authorization);
  return account?.moderator ? { id: account.id, name: account.id, role: /** @type {const} */ ("moderator") } : null;
}

/** The forum. */
export class Forum {
  /** @type {Map<string, { id: string, title: string, posts: Post[] }>} */
  threads = new Map();

  /** @param {string} title */
  open(title) {
    const thread = { id: randomUUID(), title, posts: [] };
    this.threads.set(thread.id, thread);
    return thread;
  }

  /** @param {string} id */
  post(id) {
    return [...this.threads.values()].flatMap(({ posts }) => posts).find((post) => post.id === id);
  }

  /**
   * What the gate is asked before a post is stored, or replaced.
   *
   * @param {Account} account @param {string} thread @param {string} body @param {Post} [old] the version an edit replaces
   * @returns {{ submission: SubmissionInput }}
   */
  submission(account, thread, body, old) {
    const { title = "", posts = [] } = this.threads.get(thread) ?? {};
    // The version that is replaced is no answer any more.
    const context = posts.filter((post) => post !== old);
    return {
      submission: {
        post: {
          thread,
          body,
          author: { id: account.id, handle: account.id, kind: account.kind },
          client: account.kind === "agent" ? { channel: "api", auth: "token" } : { channel: "web", auth: "session" },
          ...(old === undefined ? {} : { id: old.id, revises: old.contentHash }),
        },
        thread: {
          id: thread,
          title,
          posts: context.map(({ id, author, at, body: text }) => ({ id, author, handle: author, kind: kindOf(author), at, body: text })),
        },
      },
    };
  }

  /**
   * Stores what may be seen: from a route, with the gate's outcome, or from the gate's `publish`, with an approved post.
   *
   * @param {SubmissionInput} submission
   * @param {{ contentHash: string, action: string }} outcome
   */
  store({ post }, { contentHash, action }) {
    const label =
      action === "label" ? "written by an agent" : action === "flag" ? "contains an instruction that changes permissions" : null;
    const old = post.id === undefined ? undefined : this.post(post.id);
    const stored = {
      id: old?.id ?? randomUUID(),
      thread: post.thread ?? "",
      author: post.author.id,
      at: new Date().toISOString(),
      body: post.body,
      contentHash,
      label,
    };
    if (old) return Object.assign(old, stored);
    this.threads.get(stored.thread)?.posts.push(stored);
    return stored;
  }

  /** The gate's `publish`: a moderator let this through. @param {import("countersign/gate").ApprovedPost} approved */
  publish = (approved) => {
    this.store(/** @type {SubmissionInput} */ (approved.submission), approved);
  };
}

/** @param {string} id */
const kindOf = (id) => [...ACCOUNTS.values()].find((account) => account.id === id)?.kind ?? "unknown";
