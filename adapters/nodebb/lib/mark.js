/**
 * Remembers, on the object NodeBB carries from hook to hook, what was decided on it.
 *
 * The key is a symbol: a client cannot send one, other plugins' copies keep it, and neither JSON nor the database ever sees it.
 */
"use strict";

const { digest, rendered } = require("./text");

const MARK = Symbol("countersign");

/** @typedef {import("./types").Ruling} Ruling */

/** The texts that are stored with the post itself. @param {import("./types").Row} data */
const bodyOf = ({ content, sourceContent, handle }) => digest(rendered({ content, sourceContent, handle }));

/**
 * @param {import("./types").Row} data
 * @param {Ruling} ruling
 * @returns {Ruling}
 */
function set(data, ruling) {
  Object.assign(data, { [MARK]: { ruling, body: bodyOf(data) } });
  return ruling;
}

/**
 * What was decided on `data`, unless its text is another by now.
 *
 * @param {import("./types").Row} data
 * @param {import("./types").Row} [now] what is about to be stored, where that is another object
 * @returns {Ruling | undefined}
 */
function get(data, now = data) {
  const found = /** @type {{ [MARK]?: { ruling: Ruling, body: string } }} */ (data)[MARK];
  // Remote posts have their emoji drawn on the way to the database; nothing else is changed there.
  const drawn = typeof data.uid === "string" && data.uid.includes("://");
  return found !== undefined && (drawn || found.body === bodyOf(now)) ? found.ruling : undefined;
}

module.exports = { set, get };
