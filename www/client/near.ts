/**
 * Knows which posts are near the reader's eyes. A page of a thousand posts is dressed as it is scrolled: what nobody is about to see
 * costs no layout, and every change to a long page costs a pass over all of it.
 */

/** How far beyond the screen a post is dressed: one screen up and down, more than a frame of scrolling. */
const AROUND = "100% 0px";

/** Watches elements until they come near. */
export interface Nearness {
  /** Calls back, once, when `element` comes near; before the next frame at the earliest. */
  await(element: Element): void;
  /** Whether `element` has come near. */
  has(element: Element): boolean;
  /** Forgets `element`. */
  forget(element: Element): void;
  /** Ends everything. */
  stop(): void;
}

/**
 * Watches elements of a page.
 *
 * A page that is printed, and one that is not shown (a tab opened in the background), has everything near: there is no scrolling
 * to wait for.
 *
 * @param arrived called with those that came near
 */
export function nearness(arrived: (elements: Element[]) => void): Nearness {
  const awaited = new Set<Element>();
  const near = new WeakSet<Element>();
  const come = (elements: Iterable<Element>): void => {
    const here = [...elements].filter((element) => awaited.delete(element));
    for (const element of here) {
      near.add(element);
      observer.unobserve(element);
    }
    if (here.length > 0) arrived(here);
  };
  const observer = new IntersectionObserver(
    (entries) => come(entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target)),
    { rootMargin: AROUND },
  );
  const all = () => come([...awaited]);
  addEventListener("beforeprint", all);
  return {
    await(element) {
      if (near.has(element) || awaited.has(element)) return;
      awaited.add(element);
      if (document.hidden) come([element]);
      else observer.observe(element);
    },
    has: (element) => near.has(element),
    forget(element) {
      awaited.delete(element);
      observer.unobserve(element);
    },
    stop() {
      observer.disconnect();
      removeEventListener("beforeprint", all);
    },
  };
}
