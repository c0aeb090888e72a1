/**
 * Publishes what a human let through, and takes down what one rejected. Everything needed is in the submission, so a restart in
 * between loses nothing; publishing twice is avoided by the record's id.
 */
"use strict";

const keys = require("./keys");
const mark = require("./mark");
const { stored } = require("./text");

/** @typedef {import("./types").ApprovedPost} ApprovedPost */

/** @param {string} uid */
const uidOf = (uid) => (/^\d+$/.test(uid) ? Number(uid) : uid);

/** @param {import("./plugin").Rooms} rooms */
function createPublish({ core, queue, desk, labels, passing }) {
  /** @param {ApprovedPost} approved @returns {import("./types").Ruling} */
  function rulingOf({ action, contentHash, submission, verdict, receipt }) {
    const kind = submission.post.author.kind ?? "unknown";
    return { action, contentHash, postId: null, reasons: [], details: [], kind, verdict, approved: true, cleared: receipt !== null };
  }

  /** @param {ApprovedPost} approved */
  function dataOf(approved) {
    const { post } = approved.submission;
    const tags = post.fields?.tags?.split(", ");
    const title = post.fields?.title;
    const data = { ...stored(post), uid: uidOf(post.author.id), ...(title ? { title } : {}), ...(tags ? { tags } : {}) };
    return data;
  }

  /** @param {ApprovedPost} approved */
  async function create(approved) {
    const { post, thread } = approved.submission;
    const [, cid] = /^category:(.*)$/.exec(post.thread ?? thread?.id ?? "") ?? [];
    // Approved by a human: the waiting times and lengths for new accounts do not apply, as for any post from the forum's queue.
    const data = { ...dataOf(approved), fromQueue: true, ...(post.replyTo === undefined ? {} : { toPid: post.replyTo }) };
    if (cid === undefined) {
      const reply = { ...data, tid: post.thread ?? "" };
      mark.set(reply, rulingOf(approved));
      return core.published("newPost", data.uid, { posts: [await core.topics.reply(reply)] });
    }
    const topic = { ...data, cid };
    mark.set(topic, rulingOf(approved));
    const { topicData, postData } = await core.topics.post(topic);
    return core.published("newTopic", data.uid, { posts: [postData], topic: topicData });
  }

  /** @param {ApprovedPost} approved @param {string} pid */
  async function edit(approved, pid) {
    const data = { ...dataOf(approved), pid };
    mark.set(data, rulingOf(approved));
    await core.posts.edit(data);
  }

  /** The ways in other than new posts, by the name their submission carries. @type {[RegExp, (approved: ApprovedPost, id: string) => Promise<unknown>][]} */
  const ways = [
    [/^post:(.+)$/, edit],
    [
      /^chat:(.+)$/,
      ({ submission: { post } }, roomId) =>
        passing.run(post.body, () => core.messaging.addMessage({ uid: uidOf(post.author.id), roomId, content: post.body })),
    ],
    [
      /^message:(.+)$/,
      async ({ submission: { post } }, mid) => {
        const { roomId } = await core.messaging.getMessageFields(mid, ["roomId"]);
        const room = /** @type {string} */ (roomId);
        return passing.run(post.body, () => core.messaging.editMessage(uidOf(post.author.id), mid, room, post.body));
      },
    ],
    [
      /^profile:(.+)$/,
      ({ submission: { post } }, uid) =>
        passing.run(JSON.stringify(post.fields), () => core.user.updateProfile(uidOf(post.author.id), { ...post.fields, uid: uidOf(uid) })),
    ],
    [/^tags$/, async () => undefined],
  ];

  /** @param {ApprovedPost} approved @param {string} queueId */
  async function fromQueue(approved, queueId) {
    if (desk.isUnderway(approved.id)) return;
    const item = await core.posts.getFromQueue(queueId);
    await queue.forget(approved.id);
    // Gone: the queue has published it, on a moderator's approval there. Changed: what was approved is not there any more.
    if (!item || item.data.countersign?.contentHash !== approved.contentHash) return;
    await desk.releasing(approved.id, () => core.posts.submitFromQueue(queueId));
  }

  return {
    /** @param {ApprovedPost} approved */
    async publish(approved) {
      const queueId = await queue.itemOf(approved.id);
      if (queueId !== null) return fromQueue(approved, queueId);
      if ((await core.db.getObjectField(keys.DONE, approved.id)) !== null) return;
      const name = approved.submission.post.id ?? "";
      const [pattern, way] = ways.find(([matches]) => matches.test(name)) ?? [];
      await (way === undefined || pattern === undefined ? create(approved) : way(approved, pattern.exec(name)?.[1] ?? ""));
      await core.db.setObjectField(keys.DONE, approved.id, String(Date.now()));
    },

    /** @param {import("./types").WithdrawnPost} withdrawn */
    async withdraw({ id, by }) {
      const pid = await labels.flaggedPid(id);
      if (pid !== null) await core.posts.delete(pid, uidOf(by));
    },
  };
}

module.exports = { createPublish };
