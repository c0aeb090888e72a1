/**
 * The gate's life: started with the forum, told of a new policy, stopped with the plugin. Without it nothing of an agent's is
 * published.
 */
"use strict";

const { mkdirSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

/** @typedef {import("./types").Parts} Parts */
/** @typedef {import("./types").Gate} Gate */
/** @typedef {Pick<typeof import("countersign/gate"), "termsOf" | "publicOrigin">} Terms */

/** Until Countersign is loaded nothing is said of anybody. @returns {Terms} */
const nothing = () => ({ termsOf: () => null, publicOrigin: (origin) => ({ ...origin, basis: "none", evidence: [] }) });

/** Keeps the gate. */
class Keeper {
  /** @type {Gate | null} */ gate = null;
  /** @type {string | null} */ problem = null;
  terms = nothing();
  contentHash = () => "";

  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    const base = String(parts.core.nconf.get("base_dir") ?? process.cwd());
    this.folder = String(parts.core.nconf.get("countersign:folder") ?? join(base, ".countersign"));
  }

  /** @param {string} policy */
  writePolicy(policy) {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const file = join(this.folder, "policy.toml");
    // An empty file is taken for a half-written one.
    writeFileSync(file, policy.trim() === "" ? "# The defaults.\n" : policy);
    return file;
  }

  /** @param {string} policy @param {Pick<import("./types").GateOptions, "publish" | "notify" | "authenticate"> & Partial<import("./types").GateOptions>} options */
  async start(policy, options) {
    const { core, countersign, gate } = this.parts;
    try {
      const { createGate, contentHash, ...terms } = await countersign();
      Object.assign(this, { terms, contentHash });
      this.gate = await createGate({ store: join(this.folder, "gate.db"), policyFile: this.writePolicy(policy), ...options, ...gate });
    } catch (cause) {
      this.problem = cause instanceof Error ? cause.message : String(cause);
      core.log.error(`[countersign] the gate could not start, agents' posts are held: ${this.problem}`);
    }
  }

  /** @param {string} policy */
  async policyChanged(policy) {
    this.writePolicy(policy);
    await this.gate?.reload();
  }

  async stop() {
    const { gate } = this;
    this.gate = null;
    await gate?.close();
  }
}

module.exports = { Keeper };
