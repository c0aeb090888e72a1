/**
 * Refusals in the forum's own way: an error whose translated message says what happened and which human act would allow it.
 */
"use strict";

/**
 * The error a refused post ends with.
 *
 * @param {import("./types").Core} core
 * @param {import("./types").Ruling} ruling
 * @param {{ queued?: boolean }} [where]
 */
function refusal({ translator }, { action, outcome, reasons }, { queued = false } = {}) {
  const why = reasons.join("; ");
  const key = action === "block" ? "refused" : queued ? "queued" : outcome === undefined ? "unchecked" : "held";
  return new Error(translator.compile(`countersign:error.${key}`, why));
}

module.exports = { refusal };
