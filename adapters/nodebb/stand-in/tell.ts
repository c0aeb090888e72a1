/**
 * A stand-in for `src/notifications.js`, `src/messaging` and `src/emailer.js`: what people are told and mailed, and chat.
 */
import type { Core, Row, Uid } from "../lib/types.js";
import type { Room } from "./posts.js";

/** A mail as it would be sent. */
export type Mail = { to: string; text: string };

/** Notifications; each is mailed too, with everything its templates print. */
export function createNotifications({ db, hooks }: Room, mails: Mail[]): Core["notifications"] {
  return {
    async create(data) {
      // NodeBB stores the object it handed in, not the one it got back.
      const result = await hooks.fire("filter:notifications.create", { data });
      if (!result.data) return null;
      await db.setObject(`notifications:${data.nid}`, data);
      return data;
    },
    async push(notification, uids) {
      const pushed = await hooks.fire("filter:notification.push", { notification, uids });
      for (const uid of pushed.uids) {
        await db.sortedSetAdd(`uid:${uid}:notifications:unread`, Date.now(), String(notification.nid));
        const { bodyShort, bodyLong, content, topic } = pushed.notification as Row & { topic?: Row };
        mails.push({ to: String(uid), text: [bodyShort, bodyLong, content, topic?.title].filter(Boolean).join("\n") });
      }
    },
    rescind: async (nids) => db.deleteAll(nids.map((nid) => `notifications:${nid}`)),
  };
}

/** Chat. */
export function createMessaging({ db, hooks }: Room): Core["messaging"] & { openRoom(uids: Uid[]): Promise<number> } {
  return {
    async openRoom(uids) {
      const roomId = await db.incrObjectField("global", "nextRoomId");
      for (const uid of uids) await db.sortedSetAdd(`chat:room:${roomId}:uids`, Number(uid), String(uid));
      return roomId;
    },
    getMessageFields: async (mid) => (await db.getObject(`message:${mid}`)) ?? {},
    getUidsInRoom: async (roomId, from, to) => db.getSortedSetRange(`chat:room:${roomId}:uids`, from, to),
    async addMessage({ uid, roomId, content }) {
      const mid = await db.incrObjectField("global", "nextMid");
      const given = { mid, content: String(content), timestamp: Date.now(), fromuid: uid, roomId };
      await db.setObject(`message:${mid}`, await hooks.fire("filter:messaging.save", given));
      await db.sortedSetAdd(`chat:room:${roomId}:mids`, mid, String(mid));
      return mid;
    },
    async editMessage(_uid, mid, _roomId, content) {
      await db.setObject(`message:${mid}`, await hooks.fire("filter:messaging.edit", { content, edited: Date.now() }));
    },
  };
}
