// What happens to the list of posts and the place in it.
import type { Handlers } from "./actions.js";
import { place } from "./order.js";

/** Appends what is not there yet: a post may have moved between two pages while they were read. */
function join<Item extends { id: string }>(items: readonly Item[], more: readonly Item[]): readonly Item[] {
  const known = new Set(items.map((item) => item.id));
  return [...items, ...more.filter((item) => !known.has(item.id))];
}

export const queueHandlers: Handlers<
  | "queue/asked"
  | "queue/growing"
  | "queue/received"
  | "queue/failed"
  | "queue/counted"
  | "queue/touched"
  | "query/typed"
  | "cursor/moved"
  | "pane/shown"
> = {
  "queue/asked": (state, { filter }) => {
    const changed = filter !== state.filter;
    const kept = changed ? { items: [], next: null } : {};
    return { ...state, filter, queue: { ...state.queue, ...kept, status: state.queue.items.length && !changed ? "ready" : "loading" } };
  },
  "queue/growing": (state) => ({ ...state, queue: { ...state.queue, growing: true } }),
  "queue/received": (state, { filter, page, append }) => {
    if (filter !== state.filter) return state;
    const items = append ? join(state.queue.items, page.items) : page.items;
    return { ...state, counts: page.counts, queue: { status: "ready", items, next: page.next, growing: false, problem: "" } };
  },
  "queue/failed": (state, { problem }) => ({
    ...state,
    queue: { ...state.queue, status: state.queue.items.length ? "ready" : "failed", growing: false, problem },
  }),
  "queue/counted": (state, { counts }) => ({ ...state, counts }),
  "queue/touched": (state, { post }) => ({
    ...state,
    queue: { ...state.queue, items: place(state.queue.items, post, state.filter, state.queue.next !== null) },
  }),
  "query/typed": (state, { query }) => ({ ...state, query }),
  "cursor/moved": (state, { id }) =>
    id === state.cursor
      ? state
      : { ...state, cursor: id, dialog: null, conflict: null, post: { status: id ? "loading" : "idle", detail: null, problem: "" } },
  "pane/shown": (state, { pane }) => ({ ...state, pane }),
};
