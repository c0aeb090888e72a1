/**
 * Countersign in a page: labels posts by AI agents and veils instructions that change permissions.
 *
 * It is advice to the reader; the server's gate is the lock. It works under
 * `script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'` and, with Trusted Types on, the policy `countersign`.
 */
import type { Severity } from "countersign";
import type { Adapter } from "./adapter.js";
import { type EngineAddresses, type RemoteEngine, startEngine } from "./engine.js";
import { CountersignLabel } from "./label.js";
import { english, type Locale } from "./locale.js";
import { CountersignVeil } from "./veil.js";
import { watch } from "./watch.js";

export type { Adapter, PostReading } from "./adapter.js";
export type { EngineAddresses, RemoteEngine } from "./engine.js";
export { CountersignLabel } from "./label.js";
export { english, type Locale } from "./locale.js";
export { CountersignVeil } from "./veil.js";

/** Options of `start`. */
export interface StartOptions extends Adapter {
  /** Where posts are; default the whole document. */
  root?: Element | Document;
  /** Where worker and engine are served, or an engine of your own. */
  engine?: EngineAddresses | RemoteEngine;
  /** The forum's policy, TOML; give it when the server's is not the default. */
  policy?: string;
  /** Texts to use instead of the English ones. */
  locale?: Partial<Locale>;
  /** The mildest finding that is veiled; default `medium`. */
  veilFrom?: Severity;
  /** Told when posts could not be checked; default `console.warn`. */
  onError?: (cause: Error) => void;
}

/** A running client. */
export interface Client {
  /** Stops watching, removes every label and veil, ends the worker. */
  stop(): void;
}

function define(): void {
  if (!customElements.get("countersign-label")) customElements.define("countersign-label", CountersignLabel);
  if (!customElements.get("countersign-veil")) customElements.define("countersign-veil", CountersignVeil);
}

/**
 * Labels and veils the posts of a page, now and as it changes.
 *
 * @example
 * start({
 *   selector: "article.post",
 *   read: (post) => ({
 *     id: post.id,
 *     body: post.querySelector(".body").textContent,
 *     bodyElement: post.querySelector(".body"),
 *     badgeElement: post.querySelector(".author"),
 *     author: { id: post.dataset.author, kind: post.dataset.kind },
 *   }),
 * });
 */
export function start(options: StartOptions): Client {
  define();
  const { engine = {} } = options;
  return watch({
    root: options.root ?? document,
    adapter: { selector: options.selector, read: options.read },
    engine: "check" in engine ? engine : startEngine(engine, options.policy),
    locale: { ...english, ...options.locale },
    veilFrom: options.veilFrom ?? "medium",
    onError: options.onError ?? ((cause) => console.warn(`countersign: posts were not checked: ${cause.message}`)),
  });
}
