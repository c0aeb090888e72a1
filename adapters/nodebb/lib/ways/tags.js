/**
 * Tags, which have no hook that could refuse them: those that carry an instruction are taken off, whoever set them. They stand in
 * lists where nothing can be veiled.
 */
"use strict";

/** @typedef {import("../types").Uid} Uid */
/** @typedef {{ uid: Uid, req?: { headers?: Record<string, string | undefined> } }} Caller */

/** @param {import("../plugin").Rooms} rooms */
function createTags({ judge, agents, log }) {
  /** Whoever makes the request; the bearer of a token is known as nobody. @param {Caller | undefined} caller */
  async function author(caller) {
    if (caller?.req?.headers?.authorization !== undefined) return { uid: "unknown", kind: /** @type {const} */ ("service") };
    if (!(Number(caller?.uid) > 0)) return { uid: "unknown", kind: /** @type {const} */ ("unknown") };
    const uid = String(caller?.uid);
    const kind = await agents().kindOf(uid);
    return { uid, kind: kind === "agent" ? /** @type {const} */ ("service") : kind };
  }

  return {
    /** @param {{ tags: string[], cid: Uid, caller?: { uid: Uid, req?: { headers?: Record<string, string | undefined> } } }} payload */
    async tags(payload) {
      const { tags, cid, caller } = payload;
      if (!Array.isArray(tags) || tags.length === 0) return payload;
      const { uid, kind } = await author(caller);
      const ruling = await judge({
        post: { author: { id: uid, kind }, id: "tags", thread: `category:${cid}`, body: tags.join(", "), format: "plain" },
      });
      if (ruling.action === "publish" || ruling.action === "label") return payload;
      log.warn("[countersign] tags with an instruction were taken off");
      return { ...payload, tags: [] };
    },
  };
}

module.exports = { createTags };
