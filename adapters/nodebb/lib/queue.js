/**
 * The forum's own post queue: why a post is there, and approval of exactly what the moderator has read.
 *
 * An author may edit a queued post without any hook firing, so what was judged is kept with it as a fingerprint; and since NodeBB's
 * approval names no version, so is what each moderator was shown last.
 */
"use strict";

const keys = require("./keys");
const mark = require("./mark");
const { digest, rendered } = require("./text");

/** @typedef {import("./types").QueueItem} QueueItem */
/** @typedef {import("./types").QueueMark} QueueMark */
/** @typedef {import("./types").Ruling} Ruling */

/** Of everything an approval would publish. @param {import("./types").PostData} data */
const digestOf = (data) => digest(rendered(data), data.tid, data.cid, data.uid);

/** @param {import("./plugin").Rooms} rooms */
function createQueue({ core, rule, desk, asHtml }) {
  const { db, translator } = core;
  const error = (/** @type {string} */ key, /** @type {string[]} */ ...values) =>
    new Error(translator.compile(`countersign:error.${key}`, ...values));

  /** @param {QueueItem["data"]} data @param {Ruling} ruling @returns {QueueMark} */
  function markOf(data, { postId, contentHash, reasons, details, kind = "unknown" }) {
    return { postId, contentHash, digest: digestOf(data), reasons, details, kind };
  }

  /** Judges what a queued post says now, and keeps that with it. @param {QueueItem} item */
  async function again(item) {
    const { data } = item;
    const { countersign: before, ...rest } = data;
    const known = before === undefined ? {} : { kind: before.kind, revises: before.contentHash };
    data.countersign = markOf(data, await rule(rest, rest, known));
    await db.setObjectField(`post:queue:${item.id}`, "data", JSON.stringify(data));
    await index(data.countersign.postId, item.id);
    return data.countersign;
  }

  /** @param {string | null} postId @param {string} id */
  async function index(postId, id) {
    if (postId !== null) await db.setObjectField(keys.QUEUE, postId, id);
  }

  /** The mark of a queued post as it stands; judged again when its text is not the one that was. @param {QueueItem} item */
  async function fresh(item) {
    const { countersign } = item.data;
    return countersign?.digest === digestOf(item.data) ? countersign : again(item);
  }

  /** @param {string[]} reasons */
  async function box(reasons) {
    const title = await translator.translate("[[countersign:queue.why]]");
    const items = reasons.map((reason) => `<li>${asHtml(reason)}</li>`).join("");
    return `<div class="countersign-reasons" role="note"><strong>${title}</strong><ul>${items}</ul></div>`;
  }

  /** Refuses an approval by whoever has not read exactly this. @param {string} id @param {string} current @param {number} uid */
  async function read(id, current, uid) {
    if (!(uid > 0)) throw error("by-person");
    if ((await db.getObjectField(keys.seen(id), String(uid))) !== current) throw error("changed");
  }

  return {
    /** The queue's item that holds a record of the gate. @param {string} postId */
    itemOf: async (postId) => /** @type {string | null} */ (await db.getObjectField(keys.QUEUE, postId)),

    /** Forgets a record's item. @param {string} postId */
    forget: (postId) => db.deleteObjectField(keys.QUEUE, postId),

    /** @param {QueueItem} payload */
    async queueSave(payload) {
      const { id, type, data } = payload;
      delete data.countersign;
      if (type === "crosspost") return payload;
      data.countersign = markOf(data, await rule(data));
      await index(data.countersign.postId, id);
      return payload;
    },

    /** @param {{ posts: (QueueItem & { countersign?: object })[], req: import("./types").HostRequest }} payload */
    async queueGet(payload) {
      for (const post of payload.posts) {
        const item = post.type === "crosspost" ? null : await core.posts.getFromQueue(post.id);
        if (!item) continue;
        const { digest: current, reasons, details } = await fresh(item);
        await db.setObjectField(keys.seen(post.id), String(payload.req.uid), current);
        if (reasons.length === 0) continue;
        post.countersign = { reasons: details };
        post.data.content = `${await box(details)}${post.data.content}`;
      }
      return payload;
    },

    /** @param {{ data: QueueItem, caller?: { uid: number } }} payload */
    async queueSubmit(payload) {
      const { data: item, caller } = payload;
      if (item.type === "crosspost") return payload;
      const { countersign } = item.data;
      if (countersign !== undefined && countersign.digest !== digestOf(item.data)) {
        await again(item);
        throw error("changed");
      }
      const held = countersign ?? (await again(item));
      if (held.reasons.length > 0 && !desk.released(held.postId)) {
        await read(item.id, held.digest, Number(caller?.uid));
        await desk.approve(held, Number(caller?.uid), item);
        desk.begin(held.postId);
      }
      mark.set(item.data, await desk.rulingOf(held));
      await db.delete(keys.seen(item.id));
      return payload;
    },

    /** Published: the queue has let go of it. @param {{ data: QueueItem }} payload */
    async queueDone({ data }) {
      desk.end(data.data.countersign?.postId);
    },

    /** A moderator rejects, or its author takes it back. @param {{ data: QueueItem, caller?: { uid: number } }} payload */
    async queueRemove(payload) {
      const { data: item, caller } = payload;
      const postId = item.data.countersign?.postId;
      if (postId) await desk.reject(postId, Number(caller?.uid));
      await db.delete(keys.seen(item.id));
      return payload;
    },
  };
}

module.exports = { createQueue };
