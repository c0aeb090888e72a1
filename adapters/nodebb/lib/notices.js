/**
 * Tells people, by the forum's own notifications, and keeps held text out of every notification and mail.
 */
"use strict";

const keys = require("./keys");

/** Who decides: told of what waits. */
const MODERATORS = ["administrators", "Global Moderators"];

/** Where a notice leads. @type {Partial<Record<import("./types").Notice["kind"], string>>} */
const PATHS = {
  draft: "/countersign-drafts",
  returned: "/countersign-drafts",
  held: "/countersign/review/",
  flagged: "/countersign/review/",
};

/** @typedef {import("./types").Row} Row */

/** @param {import("./plugin").Rooms} rooms */
function createNotices({ core, queue, labels, log }) {
  const { notifications, translator } = core;

  /** @param {string | null} to */
  async function people(to) {
    return to === null ? [...new Set((await core.groups.getMembersOfGroups(MODERATORS)).flat())] : [to];
  }

  /** @param {import("./types").Notice} notice */
  async function tell({ to, kind, postId }) {
    const own = to !== null && (kind === "held" || kind === "flagged");
    const nid = `countersign:${postId}:${kind}${own ? ":own" : ""}`;
    const bodyShort = `[[countersign:notice.${own ? "yours" : kind}]]`;
    const path = own ? "/countersign-drafts" : (PATHS[kind] ?? "/countersign-drafts");
    const created = await notifications.create({ type: "countersign", nid, bodyShort, path, importance: 6 });
    await core.db.sortedSetAdd(keys.NOTICES, Date.now(), nid);
    if (created) await notifications.push(created, await people(to));
  }

  /** What a decision at the desk changes in the forum. @param {import("./types").Notice} notice */
  async function follow({ kind, postId }) {
    const [queueId, pid] = await Promise.all([queue.itemOf(postId), labels.flaggedPid(postId)]);
    if ((kind === "rejected" || kind === "returned") && queueId !== null) {
      await queue.forget(postId);
      await core.posts.removeFromQueue(queueId);
    }
    if (kind === "approved" && pid !== null) await labels.clear(pid);
  }

  /** The queued post a notification of the forum's is about, when it is held. @param {Row} notification */
  async function heldBy({ type, nid }) {
    const [, id] = /^post-queue-(.+)$/.exec(String(nid)) ?? [];
    if (type !== "post-queue" || id === undefined) return null;
    const mark = (await core.posts.getFromQueue(id))?.data.countersign;
    return mark && mark.reasons.length > 0 ? mark : null;
  }

  return {
    /** Tells of what the gate has made durable. @param {import("./types").Notice} notice */
    notify(notice) {
      Promise.all([tell(notice), follow(notice)]).catch(() => log.error("[countersign] a notification could not be sent"));
    },

    /** NodeBB stores the object it handed in, so it is changed in place. @param {{ data: Row }} payload */
    async redact(payload) {
      const mark = await heldBy(payload.data);
      if (mark) payload.data.bodyLong = translator.compile("countersign:notice.queued", mark.reasons.join("; "));
      return payload;
    },

    /** What is mailed carries the text once more. @param {{ notification: Row & { topic?: Row }, uids: unknown[] }} payload */
    async redactPush(payload) {
      const mark = await heldBy(payload.notification);
      if (!mark) return payload;
      const bodyLong = translator.compile("countersign:notice.queued", mark.reasons.join("; "));
      const { topic } = payload.notification;
      const title = topic?.tid === undefined ? { topic: { ...topic, title: "" } } : {};
      return { ...payload, notification: { ...payload.notification, bodyLong, content: await translator.translate(bodyLong), ...title } };
    },

    /** @param {{ types: string[] }} payload */
    async notificationTypes(payload) {
      return { ...payload, types: [...payload.types, "notificationType_countersign"] };
    },
  };
}

module.exports = { createNotices };
