/**
 * Who is an agent here: by group, by the admin's list, or by the token a post came with.
 *
 * A session proves nothing either way: an agent that logged in with a password is still known by its account.
 */
"use strict";

const { list } = require("./settings");

/** Digits of a token's fingerprint that name it. */
const ID_DIGITS = 12;

/** @typedef {"human" | "agent" | "service" | "unknown"} Kind */

/** @param {string} line */
function entry(line) {
  const [account = "", operator = ""] = line.split(/\s=\s|=(?!.*\/)/).map((part) => part.trim());
  return [account.toLowerCase(), operator];
}

/** Keeps the registry. */
class Agents {
  /** @type {import("./types").Core} */ #core;
  /** @type {import("./settings").Settings} */ #settings;
  /** Account by name, with its operator's name. @type {Map<string, string>} */ #accounts = new Map();
  /** Operators' uids by agents' uids. @type {Map<string, string>} */ #operators = new Map();
  /** @type {Set<string>} */ #services = new Set();
  /** @type {string[]} */ #groups = [];

  /** @param {import("./types").Core} core @param {import("./settings").Settings} settings */
  constructor(core, settings) {
    this.#core = core;
    this.#settings = settings;
    const lines = settings.agents.split("\n").map(entry);
    this.#accounts = new Map(/** @type {[string, string][]} */ (lines.filter(([account]) => account !== "")));
    this.#services = new Set([...list(settings.services)].map((name) => name.toLowerCase()));
    this.#groups = [...list(settings.agentGroups)];
  }

  /** Looks the operators' accounts up. */
  async prepare() {
    for (const [agent, operator] of this.#accounts) {
      if (operator === "") continue;
      const [from, to] = await Promise.all([this.#uidOf(agent), this.#uidOf(operator)]);
      if (from && to) this.#operators.set(from, to);
    }
  }

  /** @param {string} name @returns {Promise<string | null>} */
  async #uidOf(name) {
    if (/^\d+$/.test(name) || name.includes("://")) return name;
    const uid = await this.#core.user.getUidByUserslug(this.#core.slugify(name));
    return uid ? String(uid) : null;
  }

  /** Who operates an agent, by uid; null when nobody is named. @param {string} agent */
  operatorOf(agent) {
    return this.#operators.get(agent) ?? null;
  }

  /**
   * What an account is.
   *
   * @param {import("./types").Uid} uid
   * @param {string} [username]
   * @returns {Promise<Kind>}
   */
  async kindOf(uid, username) {
    const names = [String(uid).toLowerCase(), ...(username === undefined ? [] : [username.toLowerCase(), this.#core.slugify(username)])];
    if (names.some((name) => this.#accounts.has(name))) return "agent";
    if (names.some((name) => this.#services.has(name))) return "service";
    if (this.#groups.length > 0 && (await this.#core.groups.isMemberOfAny(uid, this.#groups))) return "agent";
    return typeof uid === "string" && uid.includes("://") ? "unknown" : "human";
  }

  /**
   * What came with a token: its name, never the token, and what posts with it.
   *
   * @param {Record<string, string | undefined> | undefined} headers
   * @returns {Promise<{ app: string, kind: Kind | "account" } | null>} null without a token the forum knows
   */
  async token(headers) {
    const [, bearer] = /^Bearer\s+(\S+)$/i.exec(headers?.authorization ?? "") ?? [];
    if (bearer === undefined) return null;
    const known = await this.#core.tokens.get(bearer);
    if (!known) return null;
    const id = this.#core.tokens.fingerprint(bearer).slice(0, ID_DIGITS);
    const names = [id, known.description ?? ""];
    const { agentTokens, serviceTokens, otherTokens } = this.#settings;
    const among = (/** @type {string} */ value) => names.some((name) => list(value).has(name));
    if (among(serviceTokens)) return { app: `token:${id}`, kind: "service" };
    if (among(agentTokens)) return { app: `token:${id}`, kind: "agent" };
    return { app: `token:${id}`, kind: /** @type {Kind | "account"} */ (otherTokens) };
  }
}

module.exports = { Agents };
