/**
 * NodeBB's own modules: the only file that reaches for them, so that the rest can be tried against a stand-in.
 */
"use strict";

const { nodebb } = /** @type {{ nodebb: { require(path: string): any } }} */ (/** @type {unknown} */ (globalThis));

/** @returns {import("./types").Core} */
module.exports = () => {
  const api = nodebb.require("./src/api");
  const meta = nodebb.require("./src/meta");
  const routes = nodebb.require("./src/routes/helpers");
  const { formatApiResponse } = nodebb.require("./src/controllers/helpers");
  const translator = nodebb.require("./src/translator");
  const activitypub = nodebb.require("./src/activitypub");
  const sockets = nodebb.require("./src/socket.io/helpers");
  return {
    db: nodebb.require("./src/database"),
    user: nodebb.require("./src/user"),
    groups: nodebb.require("./src/groups"),
    posts: nodebb.require("./src/posts"),
    topics: nodebb.require("./src/topics"),
    messaging: nodebb.require("./src/messaging"),
    notifications: nodebb.require("./src/notifications"),
    tokens: api.utils.tokens,
    settings: meta.settings,
    meta,
    mocks: activitypub.mocks,
    // As NodeBB does for a post that leaves its own queue.
    published(event, uid, result) {
      sockets.notifyNew(uid, event, result);
      setImmediate(() => activitypub.out.create.note(uid, result.posts[0]?.pid));
    },
    translator,
    routes: { ...routes, formatApiResponse },
    nconf: nodebb.require("nconf"),
    slugify: nodebb.require("./src/slugify"),
    log: nodebb.require("winston"),
  };
};
