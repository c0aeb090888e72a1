/**
 * Edits of what is published: by the API, by restoring an older version, by a remote server. The forum has no queue for them, so a
 * held edit puts the old values back (nothing is stored, no history is written) and waits in Countersign's own.
 */
"use strict";

const mark = require("../mark");
const { refusal } = require("../refusal");
const { digest, rendered, tagText } = require("../text");

/** @typedef {import("../types").Row} Row */
/** @typedef {{ req?: import("../types").PostData["req"], post: Row, data: import("../types").EditData, uid: import("../types").Uid }} Edit */

/** Names an edit of a post in a submission. @param {import("../types").Uid} pid */
const editId = (pid) => `post:${pid}`;

/** @param {import("../plugin").Rooms} rooms */
function createEdits({ core, judge, reader, labels, contentHash }) {
  /** The post as it stands, with its topic's title and tags where they are edited with it. @param {import("../types").EditData} data */
  async function before(data) {
    const post = (await core.posts.getPostData(data.pid)) ?? {};
    const topic = await core.topics.getTopicFields(/** @type {string} */ (post.tid), ["mainPid", "title", "tags"]);
    const isMain = String(topic.mainPid) === String(data.pid);
    return { post, topic, isMain };
  }

  /** @param {Edit} edit @param {Awaited<ReturnType<typeof before>>} old */
  function after({ post, data, req }, old) {
    const title = data.title ? data.title : old.topic.title;
    const tags = Array.isArray(data.tags) ? data.tags : old.topic.tags;
    const { content, sourceContent } = post;
    const replied = /** @type {string | undefined} */ (old.post.toPid);
    const request = req ?? /** @type {Edit["req"]} */ (data.req);
    const text = { content, sourceContent, handle: post.handle, ...(old.isMain ? { title, tags } : {}) };
    return {
      ...text,
      uid: data.uid,
      tid: /** @type {string} */ (old.post.tid),
      ...(request === undefined ? {} : { req: request }),
      ...(replied ? { toPid: replied } : {}),
    };
  }

  /** @param {Awaited<ReturnType<typeof before>>} old */
  function shown({ post, topic, isMain }) {
    const { content, sourceContent, handle } = post;
    return rendered({ content, sourceContent, handle, ...(isMain ? { title: topic.title, tags: topic.tags } : {}) });
  }

  /** @param {Edit} edit @param {Awaited<ReturnType<typeof before>>} old */
  function putBack({ post, data }, old) {
    const { content, sourceContent, edited, editor, handle } = old.post;
    Object.assign(post, { content, sourceContent, edited, editor });
    if ("handle" in post) post.handle = handle;
    Object.assign(data, { content, sourceContent });
    if (data.title !== undefined) data.title = old.topic.title;
    if (data.tags !== undefined) data.tags = tagText(old.topic.tags).split(", ").filter(Boolean);
  }

  /** The version that is replaced is no answer any more: what was asked for may be answered anew. @param {import("../types").SubmissionInput} submission @param {import("../types").Uid} pid */
  function withoutIt({ thread }, pid) {
    if (thread?.posts) thread.posts = thread.posts.filter(({ id }) => id !== String(pid));
  }

  return {
    /** @param {Edit} payload */
    async postEdit(payload) {
      const { post, data } = payload;
      const approved = mark.get(data);
      if (approved?.approved) {
        await labels.edited(data.pid, approved);
        return payload;
      }
      const old = await before(data);
      const [was, now] = [shown(old), after(payload, old)];
      if (digest(was) === digest(rendered(now))) return payload;
      const submission = await reader.post(now);
      submission.post.id = editId(data.pid);
      withoutIt(submission, data.pid);
      submission.post.revises = contentHash({ post: { ...was, author: submission.post.author } });
      const ruling = { ...(await judge(submission)), kind: submission.post.author.kind ?? "unknown" };
      // Somebody who waits for an answer is told; a remote server would only send the same again.
      if (ruling.action === "block" && now.req !== undefined) throw refusal(core, ruling);
      if (ruling.action === "hold" || ruling.action === "block") putBack(payload, old);
      else await labels.edited(data.pid, ruling);
      return { ...payload, post };
    },
  };
}

module.exports = { createEdits };
