/**
 * The admin page: settings, the state of the engine, and the review desk, which global moderators reach without the admin panel.
 */
"use strict";

const { HASH, DEFAULTS } = require("./settings");

const PAGE = "/plugins/countersign";

/** @param {import("./plugin").Rooms} rooms */
const createAdmin = ({ core, gate, problem, deskPath }) => ({
  PAGE,

  /** @param {unknown} _request @param {Parameters<import("./types").Handler>[1]} response */
  async page(_request, response) {
    const health = await gate()
      ?.health()
      .catch(() => null);
    response.render(`admin${PAGE}`, {
      title: "[[countersign:admin.title]]",
      desk: `${core.nconf.get("relative_path") ?? ""}${deskPath}/review/`,
      working: health?.ok ?? false,
      engine: health?.engine?.version ?? "",
      refused: health?.refused?.error ?? problem() ?? "",
    });
  },

  /** Settings as they are saved, with the defaults for what never was. */
  async values() {
    return { ...DEFAULTS, ...(await core.settings.get(HASH)) };
  },

  /** @param {{ plugins: object[] }} header */
  async adminMenu(header) {
    header.plugins.push({ route: PAGE, icon: "fa-user-shield", name: "Countersign" });
    return header;
  },
});

module.exports = { createAdmin };
