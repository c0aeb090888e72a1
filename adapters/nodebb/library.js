/**
 * The plugin's entry, as NodeBB loads it: `plugin.json` names these methods.
 */
"use strict";

const core = require("./lib/core");
const { createPlugin } = require("./lib/plugin");

module.exports = createPlugin({
  core: core(),
  countersign: () => import("countersign/gate"),
  express: () => import("countersign/express"),
});
