/**
 * Countersign in a page: labels posts by AI agents, veils instructions that change permissions, asks before one is copied, and
 * checks a post while it is written.
 *
 * It is advice to the reader; the server's gate is the lock. It works under
 * `script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'` and, with Trusted Types on, the policy `countersign`.
 */
import type { Severity } from "countersign";
import type { Adapter } from "./adapter.js";
import { type Composer, watchComposer } from "./composer.js";
import { type EngineAddresses, type RemoteEngine, startEngine } from "./engine.js";
import { CountersignLabel } from "./label.js";
import { english, type Locale } from "./locale.js";
import { CountersignVeil } from "./veil.js";
import { watch } from "./watch.js";

export type { Adapter, PostReading } from "./adapter.js";
export type { Composer } from "./composer.js";
export type { EngineAddresses, PageAnswer, PageVerdict, RemoteEngine } from "./engine.js";
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

/** Options of `compose`. */
export interface ComposeOptions {
  /** Where a post is written: a text field, or any element whose text it is. */
  field: HTMLElement;
  /** The form that sends it; the field's own when left out. */
  form?: HTMLFormElement;
  /** Who writes. */
  author: { id: string; handle?: string };
}

/** A running client. */
export interface Client {
  /**
   * Checks a post while it is written: says what it would change, and lets its writer say who wrote it.
   *
   * @example
   * const composer = client.compose({ field: document.querySelector("textarea"), author: { id: "dana" } });
   * form.addEventListener("submit", () => send({ body, composition: composer.composition(), declared: composer.declared() }));
   */
  compose(options: ComposeOptions): Composer;
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
  const remote = "check" in engine ? engine : startEngine(engine, options.policy);
  const locale = { ...english, ...options.locale };
  const veilFrom = options.veilFrom ?? "medium";
  const composers = new Set<Composer>();
  const watching = watch({
    root: options.root ?? document,
    adapter: { selector: options.selector, read: options.read },
    engine: remote,
    locale,
    veilFrom,
    onError: options.onError ?? ((cause) => console.warn(`countersign: posts were not checked: ${cause.message}`)),
  });
  return {
    compose(composing) {
      const composer = watchComposer({ ...composing, author: { kind: "human", ...composing.author }, engine: remote, locale, veilFrom });
      composers.add(composer);
      return composer;
    },
    stop() {
      for (const composer of composers) composer.stop();
      watching.stop();
    },
  };
}
