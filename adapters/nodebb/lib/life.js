/**
 * The plugin's life in the forum: its pages and routes, the gate behind them, changed settings, and its end.
 */
"use strict";

const { createAdmin } = require("./admin");
const { Agents } = require("./agents");
const { createDrafts } = require("./drafts");
const { createPublish } = require("./publish");
const settings = require("./settings");
const { removeAll } = require("./uninstall");

/** @typedef {import("./plugin").Rooms} Rooms */

/** @param {Rooms & { live?: any }} rooms */
async function readSettings(rooms) {
  const read = await settings.read(rooms.core);
  const agents = new Agents(rooms.core, read);
  await agents.prepare();
  Object.assign(rooms.live, { settings: read, agents });
  return read;
}

/** Remote servers tell bots from people by the type of the actor; NodeBB has no hook for it. @param {Rooms} rooms */
function nameActors({ core, labels }) {
  const { actors: known } = core.mocks;
  const original = known.user;
  known.user = async (uid) => labels.actor(await original(uid), uid);
}

/**
 * @param {object} plugin
 * @param {import("./types").Parts} plugin.parts
 * @param {InstanceType<typeof import("./keeper").Keeper>} plugin.keeper
 * @param {Rooms} plugin.rooms
 * @param {ReturnType<typeof import("./notices").createNotices>} plugin.notices
 */
function createLife({ parts, keeper, rooms, notices }) {
  const { core, desk } = rooms;
  const drafts = createDrafts(rooms);
  const admin = createAdmin(rooms);
  const basePath = () => `${core.nconf.get("relative_path") ?? ""}${rooms.deskPath}`;
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
      ...createPublish(rooms),
      notify: notices.notify,
      operatorOf: (agent) => rooms.agents().operatorOf(agent),
      authenticate: (request) =>
        desk.moderator(Number(/** @type {{ uid?: number } | undefined} */ (host.requestOf(request))?.uid), undefined),
    });
  }

  return {
    adminMenu: admin.adminMenu,

    /** @param {{ router: { use(handler: unknown): void } }} params */
    async load({ router }) {
      core.routes.setupAdminPageRoute(router, `/admin${admin.PAGE}`, admin.page);
      core.routes.setupPageRoute(router, "/countersign-drafts", drafts.page);
      nameActors(rooms);
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

module.exports = { createLife };
