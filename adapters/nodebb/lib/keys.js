/**
 * Every key of this plugin's own in NodeBB's database, so that uninstalling can find them all.
 */
"use strict";

/** Labels of published posts, by pid. @param {string | number} pid */
const label = (pid) => `countersign:post:${pid}`;

/** Which version of a queued post each moderator was shown last, by the queue's id. @param {string} id */
const seen = (id) => `countersign:seen:${id}`;

module.exports = {
  label,
  seen,
  /** Sorted set: the pids that have a label. */
  LABELS: "countersign:pids",
  /** The pids of flagged posts, by the gate's record. */
  FLAGS: "countersign:flags",
  /** The queue's ids, by the gate's record. */
  QUEUE: "countersign:queue",
  /** When each of the gate's records was published. */
  DONE: "countersign:published",
  /** Sorted set: the notifications sent. */
  NOTICES: "countersign:notices",
};
