/**
 * Builds the plugin: the one place where its rooms meet, and where hooks get their methods.
 */
"use strict";

const { Agents } = require("./agents");
const { createJudge } = require("./judge");
const { createDesk } = require("./desk");
const { createLabels } = require("./labels");
const { createNotices } = require("./notices");
const { createQueue } = require("./queue");
const { createChat } = require("./ways/chat");
const { createEdits } = require("./ways/edits");
const { createPosts } = require("./ways/posts");
const { createProfile } = require("./ways/profile");
const { createTags } = require("./ways/tags");
const { Keeper } = require("./keeper");
const { createLife } = require("./life");
const { Passing } = require("./passing");
const settings = require("./settings");
const { Reader } = require("./submission");

/** @typedef {import("./types").Parts} Parts */
/** @typedef {import("./types").Gate} Gate */
/** @typedef {Pick<typeof import("countersign/gate"), "termsOf" | "publicOrigin">} Terms */
/** @typedef {ReturnType<typeof createJudge>} Judge */

/**
 * What every room may use.
 *
 * @typedef {object} Rooms
 * @property {import("./types").Core} core
 * @property {import("./types").Core["log"]} log
 * @property {() => settings.Settings} settings
 * @property {() => InstanceType<typeof import("./agents").Agents>} agents
 * @property {() => Gate | null} gate null while there is none: nothing of an agent's is published then
 * @property {() => string | null} problem why there is no gate
 * @property {string} deskPath where the review desk answers, below the forum's own address
 * @property {Terms} terms
 * @property {(submission: { post: { body: string, fields?: Record<string, string>, author: { id: string } } }) => string} contentHash
 * @property {(text: string) => string} asHtml
 * @property {InstanceType<typeof import("./passing").Passing>} passing
 * @property {InstanceType<typeof import("./submission").Reader>} reader
 * @property {Judge} judge
 * @property {(data: import("./types").PostData, now?: import("./types").PostData, before?: Parameters<InstanceType<typeof import("./submission").Reader>["post"]>[1]) => Promise<import("./types").Ruling>} rule
 * @property {ReturnType<typeof import("./desk").createDesk>} desk
 * @property {ReturnType<typeof import("./labels").createLabels>} labels
 * @property {ReturnType<typeof import("./queue").createQueue>} queue
 */

const MARKUP = /** @type {Record<string, string>} */ ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" });

/** Text as HTML; brackets too, which NodeBB would translate. @param {string} text */
const asHtml = (text) => text.replaceAll(/[&<>"']/g, (sign) => MARKUP[sign] ?? "").replaceAll("[[", "&#91;&#91;");

/** @param {Parts} parts @param {InstanceType<typeof Keeper>} keeper @returns {Rooms} */
function assemble({ core }, keeper) {
  const live = { settings: settings.DEFAULTS, agents: new Agents(core, settings.DEFAULTS) };
  const gate = () => keeper.gate;
  const reader = new Reader(core, () => live.agents);
  const rooms = /** @type {Rooms & { live: typeof live }} */ ({
    live,
    core,
    log: core.log,
    settings: () => live.settings,
    agents: () => live.agents,
    gate,
    problem: () => keeper.problem,
    deskPath: "/countersign",
    terms: { termsOf: (...given) => keeper.terms.termsOf(...given), publicOrigin: (origin) => keeper.terms.publicOrigin(origin) },
    contentHash: (submission) => /** @type {typeof import("countersign/gate").contentHash} */ (keeper.contentHash)(submission),
    asHtml,
    passing: new Passing(),
    reader,
    judge: createJudge({ gate, log: core.log }),
  });
  rooms.desk = createDesk(rooms);
  rooms.labels = createLabels(rooms);
  return rooms;
}

/**
 * Builds the plugin.
 *
 * @param {Parts} parts
 * @returns the methods `plugin.json` names, one for each hook
 * @example
 * module.exports = createPlugin({ core: core(), countersign: () => import("countersign/gate"), express: () => import("countersign/express") });
 */
function createPlugin(parts) {
  const keeper = new Keeper(parts);
  const rooms = assemble(parts, keeper);
  const posts = createPosts(rooms);
  rooms.rule = posts.rule;
  rooms.queue = createQueue(rooms);
  const notices = createNotices(rooms);
  return {
    ...posts,
    ...createEdits(rooms),
    ...createChat(rooms),
    ...createProfile(rooms),
    ...createTags(rooms),
    ...rooms.queue,
    ...rooms.labels,
    ...notices,
    ...createLife({ parts, keeper, rooms, notices }),
  };
}

module.exports = { createPlugin };
