/**
 * What a forum's admin can set, with what holds until they do.
 */
"use strict";

/** Where NodeBB keeps them: `settings:countersign`. */
const HASH = "countersign";

/** Every setting with its default. Lists are lines or comma-separated. */
const DEFAULTS = {
  /** Where held posts wait: `forum`, NodeBB's own post queue, or `countersign`, the review desk. */
  queue: "forum",
  /** Accounts that are agents: `name` or `name = operator`, one a line; a remote actor by its address. */
  agents: "",
  /** Groups whose members are agents. */
  agentGroups: "agents",
  /** Accounts that are automation without a language model, one a line. */
  services: "",
  /** API tokens, by description or by the first twelve digits of their fingerprint, that belong to agents. */
  agentTokens: "",
  /** The same for automation without a language model. */
  serviceTokens: "",
  /** What posts by any other API token: `agent`, `service`, or `account`, whatever the account is. */
  otherTokens: "agent",
  /** Whether chat messages are judged. */
  chat: "on",
  /** The forum's policy, TOML. */
  policy: "",
};

/** @typedef {typeof DEFAULTS} Settings */

/** @param {string} value */
const list = (value) =>
  new Set(
    value
      .split(/[\n,]/)
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ""),
  );

/**
 * Reads the settings.
 *
 * @param {import("./types").Core} core
 * @returns {Promise<Settings>}
 */
async function read({ settings }) {
  const saved = await settings.get(HASH);
  const known = Object.entries(DEFAULTS).map(([key, preset]) => [key, typeof saved?.[key] === "string" ? saved[key] : preset]);
  return Object.fromEntries(known);
}

module.exports = { HASH, DEFAULTS, list, read };
