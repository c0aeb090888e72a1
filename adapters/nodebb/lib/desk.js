/**
 * Keeps the forum's queue and Countersign's review desk in step: a decision made in one counts in the other, with its receipt.
 */
"use strict";

/** @typedef {import("./types").QueueMark} QueueMark */
/** @typedef {import("./types").Ruling} Ruling */
/** @typedef {import("countersign/gate").PostDetail} PostDetail */

/** @param {{ core: import("./types").Core, gate(): import("./types").Gate | null }} parts */
function createDesk({ core, gate }) {
  /** Records the desk has let through, which the queue is about to publish. @type {Set<string>} */
  const released = new Set();
  /** Records the queue is publishing, on an approval made there. @type {Set<string>} */
  const underway = new Set();
  const error = (/** @type {string} */ key, /** @type {string[]} */ ...values) =>
    new Error(core.translator.compile(`countersign:error.${key}`, ...values));

  /** @param {number} uid @param {unknown} cid @returns {Promise<import("countersign/gate").Moderator | null>} */
  async function moderator(uid, cid) {
    if (!(uid > 0)) return null;
    const [admin, global, local] = await Promise.all([
      core.user.isAdministrator(uid),
      core.user.isGlobalModerator(uid),
      cid === undefined ? false : core.user.isModerator(uid, cid),
    ]);
    if (!admin && !global && !local) return null;
    const { username } = await core.user.getUserFields(uid, ["username"]);
    return { id: String(uid), name: String(username), role: admin ? "lead" : "moderator" };
  }

  /** @param {PostDetail} post @param {QueueMark} mark @param {import("countersign/gate").Moderator} by */
  async function decide(post, { contentHash }, by) {
    const open = /** @type {import("./types").Gate} */ (gate());
    const decision = { contentHash, version: post.version };
    return open.review.decide("approve", post.id, by, decision).catch((cause) => {
      throw error("decide", cause instanceof Error ? cause.message : "");
    });
  }

  /** @param {import("./types").PostData} data */
  async function categoryOf({ cid, tid }) {
    return cid === undefined && tid !== undefined ? (await core.topics.getTopicFields(tid, ["cid"])).cid : cid;
  }

  return {
    moderator,

    /** Whether the record is let through already. @param {string | null} postId */
    released: (postId) => postId !== null && released.has(postId),

    /** The queue publishes a record itself. @param {string | null} postId */
    begin: (postId) => void (postId !== null && underway.add(postId)),

    /** The queue has published it. @param {string | null | undefined} postId */
    end: (postId) => void underway.delete(postId ?? ""),

    /** Whether the queue is publishing a record itself. @param {string} postId */
    isUnderway: (postId) => underway.has(postId),

    /** Runs `work` while the record counts as let through. @template T @param {string} postId @param {() => Promise<T>} work */
    async releasing(postId, work) {
      released.add(postId);
      try {
        return await work();
      } finally {
        released.delete(postId);
      }
    },

    /**
     * A moderator approves in the forum's queue.
     *
     * @param {QueueMark} mark @param {number} uid @param {import("./types").QueueItem} item
     * @throws Error in the forum's words when the desk refuses
     */
    async approve(mark, uid, item) {
      const by = await moderator(uid, await categoryOf(item.data));
      if (by === null) throw error("by-person");
      // What the gate could not keep has no record: the forum's own log has to do.
      if (mark.postId === null) return;
      const open = gate();
      if (open === null) throw error("unrecorded");
      const post = await open.review.get(mark.postId).catch(() => null);
      if (post === null || post.state === "approved") return;
      const after = await decide(post, mark, by);
      if (after.state !== "approved") throw error("another");
    },

    /** @param {string} postId @param {number} uid */
    async reject(postId, uid) {
      const open = gate();
      const post = await open?.review.get(postId).catch(() => null);
      if (!open || !post || (post.state !== "held" && post.state !== "claimed")) return;
      const by = (await moderator(uid, undefined)) ?? { id: String(uid), name: String(uid), role: /** @type {const} */ ("moderator") };
      const decision = { contentHash: post.contentHash, version: post.version, comment: "taken out of the forum's queue" };
      await open.review.decide("reject", postId, by, decision).catch(() => undefined);
    },

    /** What an approved post is published as. @param {QueueMark} mark @returns {Promise<Ruling>} */
    async rulingOf({ postId, contentHash, kind, reasons }) {
      const post =
        postId === null
          ? null
          : await gate()
              ?.review.get(postId)
              .catch(() => null);
      const verdict = post?.verdict;
      const action = kind === "agent" || kind === "service" ? "label" : "publish";
      const approved = reasons.length > 0;
      return {
        action,
        postId,
        contentHash,
        kind,
        reasons: [],
        details: [],
        approved: true,
        cleared: approved,
        ...(verdict ? { verdict } : {}),
      };
    },
  };
}

module.exports = { createDesk };
