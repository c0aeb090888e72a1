/**
 * Follows a page's posts through its life: new ones (infinite scroll), changed ones (live edits), re-rendered ones.
 *
 * The engine runs elsewhere; on the main thread decorations are made in short slices, so that typing and scrolling never wait.
 */
import { type Adapter, type PostReading, submissionOf } from "./adapter.js";
import { guardCopying } from "./copy.js";
import { type DecorateOptions, type Decoration, decorate, decorates } from "./decorate.js";
import { conceal, disclose } from "./disclose.js";
import type { PageVerdict, RemoteEngine } from "./engine.js";
import { nearness } from "./near.js";

/** What the watcher needs. */
export interface WatchOptions extends Omit<DecorateOptions, "opened"> {
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
  reading: PostReading;
  verdict?: PageVerdict | null;
  decoration?: Decoration;
  /** The veils of exactly this text that the reader has read past. */
  opened: Set<string>;
}

interface Pending {
  element: Element;
  reading: PostReading;
  known: Known;
}

const BATCH = 32;
const SLICE_MS = 8;

/** Whether two readings of a post ask for the same decoration. */
const alike = (a: PostReading, b: PostReading) =>
  a.body === b.body &&
  a.id === b.id &&
  a.cleared === b.cleared &&
  a.disclosure === b.disclosure &&
  JSON.stringify([a.author, a.origin]) === JSON.stringify([b.author, b.origin]);

const pause = () => new Promise<void>((resolve) => setTimeout(resolve));

/** Watches until `stop` is called, which also removes every decoration. */
export function watch(options: WatchOptions): { stop(): void } {
  const known = new Map<Element, Known>();
  const dirty = new Set<Element>();
  let scheduled = false;

  const show = (element: Element): void => {
    const post = known.get(element);
    if (post?.verdict === undefined || post.decoration || !element.isConnected) return;
    post.decoration = decorate(element, post.reading, post.verdict, { ...options, opened: post.opened });
  };
  const near = nearness((elements) => void inSlices(elements, show));

  const take = (element: Element): Pending | null => {
    const reading = options.adapter.read(element);
    if (!reading) return null;
    const before = known.get(element);
    const same = before && alike(before.reading, reading) ? before : undefined;
    if (same && (same.decoration?.intact() ?? true)) return null;
    before?.decoration?.remove();
    const post: Known = {
      reading,
      opened: same?.opened ?? new Set(),
      ...(same?.verdict === undefined ? {} : { verdict: same.verdict }),
    };
    known.set(element, post);
    return { element, reading, known: post };
  };

  /** Says to machines who wrote it; whether it is to be dressed now. What is out of sight is dressed when it comes near. */
  const present = ({ element, reading, known: { verdict = null } }: Pending): boolean => {
    disclose(element, reading, verdict);
    if (!decorates(reading, verdict, options.veilFrom)) return false;
    if (!near.has(element)) near.await(element);
    return near.has(element);
  };

  const check = async (batch: Pending[]): Promise<void> => {
    const asked = batch.filter((pending) => pending.known.verdict === undefined);
    const answers = await ask(options, asked);
    for (const [index, pending] of asked.entries()) pending.known.verdict = answers[index] ?? null;
    const current = batch.filter(({ element, known: post }) => known.get(element) === post);
    await inSlices(current.filter(present), ({ element }) => show(element));
  };

  const flush = async (): Promise<void> => {
    scheduled = false;
    const elements = [...dirty];
    dirty.clear();
    for (const element of known.keys()) {
      if (element.isConnected) continue;
      known.delete(element);
      near.forget(element);
    }
    // The worker is busy with a batch while the next one is read.
    const checks: Promise<void>[] = [];
    for (let at = 0; at < elements.length; at += BATCH) {
      const pending = elements.slice(at, at + BATCH).map(take);
      checks.push(check(pending.filter((one) => one !== null)));
      await pause();
    }
    await Promise.all(checks);
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

  const guard = guardCopying(options.root, options.locale, (range) =>
    [...known].flatMap(([element, post]) => (range.intersectsNode(element) ? (post.decoration?.copied(range) ?? []) : [])),
  );

  return {
    stop: () => {
      observer.disconnect();
      guard();
      near.stop();
      for (const [element, post] of known) {
        post.decoration?.remove();
        conceal(element);
      }
      known.clear();
      options.engine.close();
    },
  };
}

async function ask({ engine, onError }: WatchOptions, asked: Pending[]): Promise<(PageVerdict | null)[]> {
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
