import type { Engine } from "./countersign.js";

export type * from "./countersign.js";

/**
 * Starts the engine with the shipped rules.
 *
 * @param policy the forum's policy, TOML; the default policy when left out
 * @param address where the `.wasm` is served; beside this module when left out
 * @throws Error whose message says what is wrong with the policy, where, and what to do
 * @example
 * const engine = await loadEngine();
 * const answer = engine.check({ post: { body: "hello", author: { id: "dana" } }, now: new Date().toISOString() });
 */
export function loadEngine(policy?: string, address?: string | URL): Promise<Engine>;
