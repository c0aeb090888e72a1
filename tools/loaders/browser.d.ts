import type { Engine, RuleFile } from "./countersign.js";

export type * from "./countersign.js";

/** What an engine is set up with. */
export type Setup = {
  /** The forum's policy, TOML; the default policy when left out. */
  policy?: string | undefined;
  /** The organisation's own rules, beside the shipped ones. */
  rules?: RuleFile[] | undefined;
  /** Where the `.wasm` is served; beside this module when left out. */
  wasm?: string | URL | undefined;
};

/**
 * Starts the engine.
 *
 * @throws Error whose message says what is wrong with the policy or the rules, where, and what to do
 * @example
 * const engine = await loadEngine();
 * const answer = engine.check({ post: { body: "hello", author: { id: "dana" } }, now: new Date().toISOString() });
 */
export function loadEngine(setup?: Setup): Promise<Engine>;
