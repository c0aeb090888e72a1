/**
 * Makes submissions of what NodeBB's hooks carry: author, way in, rendered texts, and for automation the thread it answers in.
 *
 * Only what is named here is handed on. Requests, headers, tokens and session data stay where they are.
 */
"use strict";

const { rendered } = require("./text");

/** Posts of a thread an agent's post is read in: its opening one and the newest. */
const CONTEXT = 50;

const POST_FIELDS = ["pid", "uid", "content", "sourceContent", "timestamp", "edited", "editor", "deleted", "toPid"];

/** @typedef {import("./types").Uid} Uid */
/** @typedef {import("./types").SubmissionInput} SubmissionInput */

/** The name a mention uses: the forum's slugs have hyphens where names have blanks. @param {unknown} username */
const handleOf = (username) => String(username ?? "").replaceAll(/\s+/g, "-");

/** @param {unknown} ms */
const at = (ms) => (Number(ms) > 0 ? { at: new Date(Number(ms)).toISOString() } : {});

/** @param {Uid | undefined} id */
const isUri = (id) => typeof id === "string" && id.includes("://");

/** Groups in the words a policy uses; NodeBB's names for privileges are not groups of people. @param {string[]} names */
function groupsOf(names) {
  const people = names.filter((name) => !name.startsWith("cid:"));
  return people.flatMap((name) => (name === "Global Moderators" ? [name, "moderators"] : [name]));
}

/** Reads what a submission needs from the forum. */
class Reader {
  /** @type {import("./types").Core} */ #core;
  /** @type {() => InstanceType<typeof import("./agents").Agents>} */ #agents;

  /** @param {import("./types").Core} core @param {() => InstanceType<typeof import("./agents").Agents>} agents */
  constructor(core, agents) {
    this.#core = core;
    this.#agents = agents;
  }

  /**
   * Who is posting, and how.
   *
   * @param {Uid} uid from the payload: the caller's own is wrong for bearer calls
   * @param {import("./types").PostData["req"]} req
   */
  async poster(uid, req) {
    const agents = this.#agents();
    const { username } = await this.#core.user.getUserFields(uid, ["username"]);
    const [own, token] = await Promise.all([agents.kindOf(uid, username ? String(username) : undefined), agents.token(req?.headers)]);
    const kind = own === "human" && token && token.kind !== "account" ? token.kind : own;
    const lent = kind === "agent" && own === "human" ? { onBehalfOf: String(uid) } : {};
    const author = { id: String(uid), kind, ...(username ? { handle: handleOf(username) } : {}) };
    return { author, client: this.#client(uid, req, token), ...lent };
  }

  /** @param {Uid} uid @param {import("./types").PostData["req"]} req @param {{ app: string } | null} token */
  #client(uid, req, token) {
    /** @type {NonNullable<SubmissionInput["post"]["client"]>} */
    const federated = { channel: "federation" };
    if (isUri(uid)) return federated;
    if (req === undefined) return { channel: /** @type {const} */ ("internal") };
    if (token) return { channel: /** @type {const} */ ("api"), auth: /** @type {const} */ ("token"), app: token.app };
    return { channel: /** @type {const} */ ("web"), auth: /** @type {const} */ ("session") };
  }

  /**
   * A post or an edit.
   *
   * @param {import("./types").PostData} data
   * @param {{ kind?: import("./types").Kind, revises?: string }} [known] what was found out when it first came, with its token
   * @returns {Promise<SubmissionInput>}
   */
  async post(data, { kind, revises } = {}) {
    const found = await this.poster(data.uid, data.req);
    const poster = kind === undefined ? found : { ...found, author: { ...found.author, kind } };
    const { body, fields } = rendered(data);
    const thread = await this.#thread(data, poster.author.kind !== "human" || poster.client.auth === "token");
    const invoker = poster.author.kind === "agent" ? await this.#invoker(data) : {};
    return {
      post: {
        ...poster,
        ...invoker,
        thread: thread.id,
        body,
        format: isUri(data.uid) && !data.sourceContent ? "html" : "markdown",
        ...(data.toPid === undefined ? {} : { replyTo: String(data.toPid) }),
        ...(Object.keys(fields).length > 0 ? { fields } : {}),
        ...(revises ? { revises } : {}),
      },
      thread,
    };
  }

  /** Whom an agent says it works for: it gets the draft. @param {import("./types").PostData} data */
  async #invoker({ onBehalfOf }) {
    if (typeof onBehalfOf !== "string" && typeof onBehalfOf !== "number") return {};
    const named = String(onBehalfOf);
    const uid = /^\d+$/.test(named) ? Number(named) : await this.#core.user.getUidByUserslug(this.#core.slugify(named));
    return uid ? { onBehalfOf: String(uid) } : {};
  }

  /**
   * The thread a post goes to; its posts only where somebody's request may be among them.
   *
   * @param {import("./types").PostData} data
   * @param {boolean} withPosts
   */
  async #thread({ tid, cid }, withPosts) {
    if (tid === undefined) return { id: `category:${cid ?? ""}`, category: String(cid ?? "") };
    const topic = await this.#core.topics.getTopicFields(tid, ["uid", "cid", "title", "mainPid"]);
    const about = { id: String(tid), author: String(topic.uid), title: String(topic.title ?? ""), category: String(topic.cid ?? "") };
    return withPosts ? { ...about, posts: await this.#posts(tid, /** @type {Uid} */ (topic.mainPid)) } : about;
  }

  /** @param {Uid} tid @param {Uid} mainPid */
  async #posts(tid, mainPid) {
    const newest = await this.#core.db.getSortedSetRevRange(`tid:${tid}:posts`, 0, CONTEXT - 2);
    const pids = [mainPid, ...newest.reverse()].filter((pid) => pid !== undefined && pid !== null);
    const rows = (await this.#core.posts.getPostsFields([...new Set(pids.map(String))], POST_FIELDS)).filter((row) => row?.pid);
    return this.#people(rows);
  }

  /** @param {import("./types").Row[]} rows */
  async #people(rows) {
    const uids = [...new Set(rows.map(({ uid }) => /** @type {Uid} */ (uid)))];
    const users = await this.#core.user.getUsersFields(uids, ["username"]);
    const groups = await this.#core.groups.getUserGroupMembership("groups:createtime", uids);
    const kinds = await Promise.all(uids.map((uid, place) => this.#agents().kindOf(uid, String(users[place]?.username ?? ""))));
    return rows.map((row) => {
      const place = uids.indexOf(/** @type {Uid} */ (row.uid));
      return {
        id: String(row.pid),
        author: String(row.uid),
        handle: handleOf(users[place]?.username),
        kind: kinds[place] ?? "unknown",
        groups: groupsOf(groups[place] ?? []),
        body: String(row.sourceContent || row.content || ""),
        ...at(row.timestamp),
        ...(row.toPid ? { replyTo: String(row.toPid) } : {}),
        ...(Number(row.edited) > 0 ? { editedAt: new Date(Number(row.edited)).toISOString(), editedBy: String(row.editor) } : {}),
        ...(Number(row.deleted) === 1 ? { deletedAt: new Date(Number(row.timestamp)).toISOString() } : {}),
      };
    });
  }
}

module.exports = { Reader, handleOf, isUri };
