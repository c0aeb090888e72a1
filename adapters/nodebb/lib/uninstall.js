/**
 * Leaves the forum's database as it was: removes every key of this plugin's own, and its mark on queued posts. What waits in the
 * forum's queue stays there. The gate's store, which holds the audit log, is a file of its own and is kept.
 */
"use strict";

const keys = require("./keys");
const { HASH } = require("./settings");

/** @param {import("./types").Core} core */
async function queue({ db, posts }) {
  for (const id of await db.getSortedSetRange("post:queue", 0, -1)) {
    const item = await posts.getFromQueue(id);
    await db.delete(keys.seen(id));
    if (item?.data.countersign === undefined) continue;
    const { countersign: _own, fromQueue: _set, ...data } = item.data;
    await db.setObjectField(`post:queue:${id}`, "data", JSON.stringify(data));
  }
}

/** @param {import("./types").Core} core */
async function removeAll(core) {
  const { db, posts, notifications } = core;
  await queue(core);
  const pids = await db.getSortedSetRange(keys.LABELS, 0, -1);
  await db.deleteAll(pids.map(keys.label));
  for (const pid of pids) posts.clearCachedPost(pid);
  await notifications.rescind(await db.getSortedSetRange(keys.NOTICES, 0, -1));
  await db.deleteAll([keys.LABELS, keys.FLAGS, keys.QUEUE, keys.DONE, keys.NOTICES, `settings:${HASH}`]);
}

module.exports = { removeAll };
