/**
 * Builds the plugin: the one place where its rooms meet, and where hooks get their methods.
 */
"use strict";

const { Agents } = require("./agents");
const { createJudge } = require("./judge");
const { createAdmin } = require("./admin");
const { createDesk } = require("./desk");
const { createDrafts } = require("./drafts");
const { createLabels } = require("./labels");
const { createNotices } = require("./notices");
const { createPublish } = require("./publish");
const { createQueue } = require("./queue");
const { createChat } = require("./ways/chat");
const { createEdits } = require("./ways/edits");
const { createPosts } = require("./ways/posts");
const { createProfile } = require("./ways/profile");
const { createTags } = require("./ways/tags");
const { Keeper } = require("./keeper");
const { Passing } = require("./passing");
const settings = require("./settings");
const { Reader } = require("./submission");
const { removeAll } = require("./uninstall");

/** Where the review desk answers, below the forum's own address. */
const DESK = "/countersign";

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
 * @property {string} deskPath
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
    deskPath: DESK,
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

/** @param {Rooms & { live?: any }} rooms */
async function readSettings(rooms) {
  const read = await settings.read(rooms.core);
  const agents = new Agents(rooms.core, read);
  await agents.prepare();
  Object.assign(rooms.live, { settings: read, agents });
  return read;
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
  const { core } = parts;
  const keeper = new Keeper(parts);
  const rooms = assemble(parts, keeper);
  const posts = createPosts(rooms);
  rooms.rule = posts.rule;
  rooms.queue = createQueue(rooms);
  const { publish, withdraw } = createPublish(rooms);
  const notices = createNotices(rooms);
  const drafts = createDrafts(rooms);
  const admin = createAdmin(rooms);

  const basePath = () => `${core.nconf.get("relative_path") ?? ""}${DESK}`;
  /** Answers for the gate, while there is one. @param {Request} request */
  const answer = async (request) => (await keeper.gate?.fetch(request)) ?? new Response(null, { status: 503 });

  /** Mounts the desk, and starts the gate behind it. @param {{ use(handler: unknown): void }} router */
  async function open(router) {
    const { policy } = await readSettings(rooms);
    const { countersign } = await parts.express();
    const host = countersign({ fetch: answer }, basePath());
    router.use(host.handler);
    await keeper.start(policy, {
      basePath: basePath(),
      publish,
      withdraw,
      notify: notices.notify,
      operatorOf: (agent) => rooms.agents().operatorOf(agent),
      authenticate: (request) =>
        rooms.desk.moderator(Number(/** @type {{ uid?: number } | undefined} */ (host.requestOf(request))?.uid), undefined),
    });
  }

  /** Remote servers tell bots from people by the type of the actor; NodeBB has no hook for it. */
  function actors() {
    const { actors: known } = core.mocks;
    const original = known.user;
    known.user = async (uid) => rooms.labels.actor(await original(uid), uid);
  }

  return {
    ...posts,
    ...createEdits(rooms),
    ...createChat(rooms),
    ...createProfile(rooms),
    ...createTags(rooms),
    ...rooms.queue,
    ...rooms.labels,
    ...notices,
    adminMenu: admin.adminMenu,

    /** @param {{ router: { use(handler: unknown): void } }} params */
    async load({ router }) {
      core.routes.setupAdminPageRoute(router, `/admin${admin.PAGE}`, admin.page);
      core.routes.setupPageRoute(router, "/countersign-drafts", drafts.page);
      actors();
      await open(router).catch((cause) =>
        core.log.error(`[countersign] could not start: ${cause instanceof Error ? cause.message : cause}`),
      );
    },

    /** @param {{ router: unknown, middleware: { ensureLoggedIn: unknown } }} params */
    async apiRoutes({ router, middleware }) {
      core.routes.setupApiRoute(router, "post", "/countersign/drafts/:id/:step", [middleware.ensureLoggedIn], drafts.step);
    },

    /** @param {{ plugin: string }} changed */
    async settingsChanged({ plugin }) {
      if (plugin !== settings.HASH) return;
      const { policy } = await readSettings(rooms);
      await keeper.policyChanged(policy);
    },

    /** @param {{ id: string }} plugin */
    async uninstalled({ id }) {
      if (id !== "nodebb-plugin-countersign") return;
      await keeper.stop();
      await removeAll(core);
    },

    /** Closes the gate; for tests, and for hosts that stop without ending the process. */
    stop: () => keeper.stop(),
  };
}

module.exports = { createPlugin };
