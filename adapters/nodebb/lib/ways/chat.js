/**
 * Chat messages of automation. What people write to each other in private is not read: a moderators' desk is no place for it.
 */
"use strict";

const { refusal } = require("../refusal");
const { handleOf } = require("../submission");

/** @typedef {import("../types").Uid} Uid */
/** @typedef {import("../types").Row} Row */
/** @typedef {{ uid: Uid, req?: import("../types").PostData["req"] & { originalUrl?: string, body?: any } }} Caller */

/** Messages of a room read with a new one. */
const CONTEXT = 20;

/** @param {import("../plugin").Rooms} rooms */
function createChat({ core, judge, reader, agents, gate, settings, passing }) {
  const automated = (/** @type {{ author: { kind: string } }} */ { author: { kind } }) => kind === "agent" || kind === "service";
  /** The request a message came with, where it is its author's own: another plugin may answer within somebody's request. */
  const requestOf = (/** @type {Caller | undefined} */ caller, /** @type {Uid} */ uid) =>
    caller !== undefined && (Number(caller.uid) <= 0 || String(caller.uid) === String(uid)) ? caller.req : undefined;

  /** @param {Uid} roomId */
  async function lately(roomId) {
    const mids = await core.db.getSortedSetRevRange(`chat:room:${roomId}:mids`, 0, CONTEXT - 1);
    const rows = await core.db.getObjects(mids.reverse().map((mid) => `message:${mid}`));
    const messages = rows.flatMap((row, place) => (row ? [{ ...row, mid: mids[place] }] : []));
    return Promise.all(
      messages.map(async (/** @type {Row} */ row) => {
        const { username } = await core.user.getUserFields(/** @type {Uid} */ (row.fromuid), ["username"]);
        const kind = await agents().kindOf(/** @type {Uid} */ (row.fromuid), String(username ?? ""));
        const at = new Date(Number(row.timestamp)).toISOString();
        return {
          id: `message:${row.mid}`,
          author: String(row.fromuid),
          handle: handleOf(username),
          kind,
          at,
          body: String(row.content ?? ""),
        };
      }),
    );
  }

  /**
   * Whoever writes to an agent alone in a room asks it to answer there, once for each message.
   *
   * @param {string} agent @param {Uid} roomId @param {Awaited<ReturnType<typeof lately>>} posts
   */
  async function asked(agent, roomId, posts) {
    const last = posts.at(-1);
    const open = gate();
    if (open === null || last?.kind !== "human" || (await core.messaging.getUidsInRoom(roomId, 0, 2)).length !== 2) return undefined;
    return (await open.grants.issue({ by: last.author, agent, thread: `chat:${roomId}` })).token;
  }

  /** The message an edit is about: the hook names neither it nor its author, the request does. @param {Caller | undefined} caller */
  async function edited(caller) {
    const [, local] = /\/chats\/\d+\/messages\/(\d+)/.exec(caller?.req?.originalUrl ?? "") ?? [];
    const mid = local ?? caller?.req?.body?.object?.id;
    if (typeof mid !== "string") return { poster: null };
    const { fromuid, roomId } = await core.messaging.getMessageFields(mid, ["fromuid", "roomId"]);
    const uid = /** @type {Uid | undefined} */ (fromuid);
    return { mid, roomId, poster: uid === undefined ? null : await reader.poster(uid, requestOf(caller, uid)) };
  }

  return {
    /** @param {Row & { fromuid: Uid, roomId: Uid, content: string, caller?: Caller, system?: unknown, countersign?: boolean }} message */
    async chat(message) {
      const { fromuid, roomId, content, caller, system } = message;
      if (settings().chat !== "on" || system) return message;
      const poster = await reader.poster(fromuid, requestOf(caller, fromuid));
      if (!automated(poster) || passing.takes(content)) return message;
      const posts = await lately(roomId);
      const id = `chat:${roomId}`;
      const submission = { post: { ...poster, id, thread: id, body: String(content) }, thread: { id, category: "chat", posts } };
      const ruling = await judge(submission, await asked(poster.author.id, roomId, posts));
      if (ruling.action === "hold" || ruling.action === "block") throw refusal(core, ruling);
      return message;
    },

    /** @param {{ content: string, edited: number, caller?: Caller }} payload */
    async chatEdit(payload) {
      if (settings().chat !== "on" || passing.takes(payload.content)) return payload;
      const { mid, roomId, poster } = await edited(payload.caller);
      if (poster !== null && !automated(poster)) return payload;
      // What was asked for was the message; of an edit only what it says counts.
      const author = { ...poster?.author, id: poster?.author.id ?? "unknown", kind: /** @type {const} */ ("service") };
      const post = { ...poster, author, id: `message:${mid ?? ""}`, thread: `chat:${roomId ?? ""}`, body: String(payload.content) };
      const ruling = await judge({ post });
      if (ruling.action === "hold" || ruling.action === "block") throw refusal(core, ruling);
      return payload;
    },
  };
}

module.exports = { createChat };
