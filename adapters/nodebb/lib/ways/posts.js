/**
 * New topics and replies, from every way in: the Write API, the page, the no-script form, other plugins, federation.
 *
 * `filter:post.shouldQueue` is asked first, but not by everyone; `filter:topic.*` comes before anything is stored; `filter:post.create`
 * is the last line, for whoever calls `posts.create` directly and for text another plugin changed on the way.
 */
"use strict";

const mark = require("../mark");
const { refusal } = require("../refusal");
const { isUri } = require("../submission");

/** @typedef {import("../types").PostData} PostData */
/** @typedef {import("../types").Ruling} Ruling */

/** @param {Ruling} ruling */
const stopped = ({ action, approved }) => !approved && (action === "hold" || action === "block");

/**
 * @param {import("../plugin").Rooms} rooms
 */
function createPosts({ core, judge, reader, labels, settings }) {
  /**
   * Judges once for all hooks of one post.
   *
   * @param {PostData} data what NodeBB carries from hook to hook
   * @param {PostData} [now] what is about to be stored, where that is another object
   * @param {Parameters<typeof reader.post>[1]} [before] what was found out when it first came
   * @returns {Promise<Ruling>}
   */
  async function rule(data, now = data, before = {}) {
    const known = mark.get(data, now);
    if (known !== undefined) return known;
    const submission = await reader.post(now, before);
    const ruling = await judge(submission, typeof data.countersignGrant === "string" ? data.countersignGrant : undefined);
    return mark.set(data, { ...ruling, kind: submission.post.author.kind ?? "unknown" });
  }

  /** Held posts go to the forum's own queue where the admin wants it, where only it can keep them whole, and when the gate cannot. */
  const toForumQueue = (/** @type {Ruling} */ { postId }, /** @type {PostData} */ data) =>
    settings().queue === "forum" || postId === null || isUri(data.uid);

  /** Ends the way of a post that was stopped. @param {PostData} data @param {Ruling} ruling @param {boolean} topic */
  async function stop(data, ruling, topic) {
    if (ruling.action === "block" || !toForumQueue(ruling, data)) throw refusal(core, ruling);
    // NodeBB hands every hook the request it runs in, as `caller`: the queue would keep that, token and all.
    // The queue tells replies from topics by whether there is a `tid`; remote topics bring one of their own.
    const { tid, caller: _caller, req: _req, crosspostCid: _claimed, ...rest } = data;
    await core.posts.addToQueue(topic || tid === undefined ? { ...rest } : { ...rest, tid });
    throw refusal(core, ruling, { queued: true });
  }

  /** @param {boolean} topic @returns {(data: PostData) => Promise<PostData>} */
  const before = (topic) => async (data) => {
    const ruling = await rule(data);
    if (stopped(ruling)) await stop(data, ruling, topic);
    return data;
  };

  return {
    rule,

    /** @param {{ shouldQueue: boolean, uid: import("../types").Uid, data: PostData }} payload */
    async shouldQueue(payload) {
      const { data } = payload;
      // A client may claim a crosspost, which the queue keeps without its text.
      delete data.crosspostCid;
      const ruling = await rule(data);
      if (!stopped(ruling)) return payload;
      if (ruling.action === "block" || !toForumQueue(ruling, data)) throw refusal(core, ruling);
      return { ...payload, shouldQueue: true };
    },

    topicPost: before(true),
    topicReply: before(false),

    /**
     * A topic made of other posts (a fork) brings a new title, by whoever makes it and in the name of the first post's author. Nothing
     * is remembered of that on `data`: what is posted in the topic is judged by itself.
     *
     * @param {{ topic: object, data: PostData }} payload
     */
    async topicCreate(payload) {
      const { data } = payload;
      if (mark.get(data) !== undefined) return payload;
      const { uid, cid, title } = data;
      const ruling = await judge(await reader.post({ uid, title, ...(cid === undefined ? {} : { cid }) }, { kind: "service" }));
      if (stopped(ruling)) throw refusal(core, ruling);
      return payload;
    },

    /** @param {{ post: PostData, data: PostData }} payload */
    async postCreate(payload) {
      const { post, data } = payload;
      const ruling = await rule(data, { ...data, ...post });
      if (stopped(ruling)) await stop({ ...data, content: post.content, sourceContent: post.sourceContent }, ruling, false);
      await labels.save(/** @type {import("../types").Uid} */ (post.pid), ruling);
      return payload;
    },
  };
}

module.exports = { createPosts };
