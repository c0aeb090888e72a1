/**
 * Follows a page's posts through its life: new ones (infinite scroll), changed ones (live edits), re-rendered ones.
 *
 * The engine runs elsewhere; on the main thread decorations are made in short slices, so that typing and scrolling never wait.
 */
import type { Verdict } from "countersign";
import { type Adapter, type PostReading, submissionOf } from "./adapter.js";
import { type DecorateOptions, type Decoration, decorate } from "./decorate.js";
import type { RemoteEngine } from "./engine.js";

/** What the watcher needs. */
export interface WatchOptions extends DecorateOptions {
  /** Where to look. */
  root: Element | Document;
  /** How to read the host's posts. */
  adapter: Adapter;
  /** Who checks them. */
  engine: RemoteEngine;
  /** Told when a batch could not be checked; its posts keep the labels the host vouches for. */
  onError: (cause: Error) => void;
}

interface Known {
  key: string;
  verdict?: Verdict | null;
  decoration?: Decoration;
}

interface Pending {
  element: Element;
  reading: PostReading;
  known: Known;
}

const BATCH = 64;
const SLICE_MS = 8;

const keyOf = (reading: PostReading) => JSON.stringify([reading.id, reading.body, reading.author, reading.origin, reading.cleared]);
const pause = () => new Promise<void>((resolve) => setTimeout(resolve));

/** Watches until `stop` is called, which also removes every decoration. */
export function watch(options: WatchOptions): { stop(): void } {
  const known = new Map<Element, Known>();
  const dirty = new Set<Element>();
  let scheduled = false;

  const show = ({ element, reading, known: post }: Pending): void => {
    if (!element.isConnected || known.get(element) !== post) return;
    post.decoration = decorate(element, reading, post.verdict ?? null, options);
  };

  const take = (element: Element): Pending | null => {
    const reading = options.adapter.read(element);
    if (!reading) return null;
    const before = known.get(element);
    const key = keyOf(reading);
    if (before?.key === key && (before.decoration?.intact() ?? true)) return null;
    before?.decoration?.remove();
    const post: Known = before?.key === key && before.verdict !== undefined ? { key, verdict: before.verdict } : { key };
    known.set(element, post);
    return { element, reading, known: post };
  };

  const check = async (batch: Pending[]): Promise<void> => {
    const asked = batch.filter((pending) => pending.known.verdict === undefined);
    const answers = await ask(options, asked);
    for (const [index, pending] of asked.entries()) pending.known.verdict = answers[index] ?? null;
    await inSlices(batch, show);
  };

  const flush = async (): Promise<void> => {
    scheduled = false;
    const elements = [...dirty];
    dirty.clear();
    for (const element of known.keys()) if (!element.isConnected) known.delete(element);
    const pending = elements.map(take).filter((one) => one !== null);
    for (let at = 0; at < pending.length; at += BATCH) await check(pending.slice(at, at + BATCH));
  };

  const note = (elements: Iterable<Element>): void => {
    for (const element of elements) dirty.add(element);
    if (scheduled || dirty.size === 0) return;
    scheduled = true;
    // A task, not an animation frame: pages opened in the background are labelled too.
    setTimeout(() => void flush().catch(options.onError));
  };

  const observer = new MutationObserver((records) => note(affected(records, options.adapter.selector)));
  observer.observe(options.root, { subtree: true, childList: true, characterData: true });
  note(options.root.querySelectorAll(options.adapter.selector));

  return {
    stop: () => {
      observer.disconnect();
      for (const post of known.values()) post.decoration?.remove();
      known.clear();
      options.engine.close();
    },
  };
}

async function ask({ engine, onError }: WatchOptions, asked: Pending[]): Promise<(Verdict | null)[]> {
  if (asked.length === 0) return [];
  const now = new Date();
  try {
    const answers = await engine.check(asked.map((pending) => submissionOf(pending.reading, now)));
    return answers.map((answer) => ("verdict" in answer ? answer.verdict : null));
  } catch (cause) {
    onError(cause instanceof Error ? cause : new Error(String(cause)));
    return [];
  }
}

/** The posts that any of `records` is in, or added. */
function affected(records: readonly MutationRecord[], selector: string): Set<Element> {
  const touched = records.flatMap((record) => [record.target, ...record.addedNodes]);
  return new Set(touched.flatMap((node) => postsAt(node, selector)));
}

/** The post `node` is or stands in, and those inside it. */
function postsAt(node: Node, selector: string): Element[] {
  const element = node instanceof Element ? node : node.parentElement;
  const around = element?.closest(selector);
  if (around) return [around];
  return node instanceof Element && node.isConnected ? [...node.querySelectorAll(selector)] : [];
}

/** Does `work` for each item, giving the main thread back whenever a slice is used up. */
async function inSlices<Item>(items: readonly Item[], work: (item: Item) => void): Promise<void> {
  let end = performance.now() + SLICE_MS;
  for (const item of items) {
    if (performance.now() > end) {
      await pause();
      end = performance.now() + SLICE_MS;
    }
    work(item);
  }
}
