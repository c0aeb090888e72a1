/**
 * Texts of a profile: a signature stands under every post of its author, so it is read like one.
 */
"use strict";

const { refusal } = require("../refusal");

/** Not shown as text, or checked by the forum itself. */
const NOT_TEXT = new Set(["email", "birthday", "groupTitle", "uid"]);

/** @typedef {import("../types").Row} Row */

/** @param {import("../plugin").Rooms} rooms */
const createProfile = ({ core, judge, reader, passing }) => ({
  /** @param {{ uid: import("../types").Uid, data: Row & { uid: import("../types").Uid }, fields: string[] }} payload */
  async profile(payload) {
    const { uid, data, fields } = payload;
    const named = fields.filter((field) => typeof data[field] === "string" && data[field] !== "" && !NOT_TEXT.has(field));
    const current = named.length > 0 ? await core.user.getUserFields(data.uid, named) : {};
    const texts = Object.fromEntries(named.filter((field) => data[field] !== current[field]).map((field) => [field, String(data[field])]));
    if (Object.keys(texts).length === 0 || passing.takes(JSON.stringify(texts))) return payload;
    const poster = await reader.poster(uid, undefined);
    // Nobody asks for a profile: of an agent's only what it says counts.
    const kind = poster.author.kind === "agent" ? "service" : poster.author.kind;
    const id = `profile:${data.uid}`;
    const ruling = await judge({ post: { ...poster, author: { ...poster.author, kind }, id, thread: id, body: "", fields: texts } });
    if (ruling.action === "hold" || ruling.action === "block") throw refusal(core, ruling);
    return payload;
  },
});

module.exports = { createProfile };
