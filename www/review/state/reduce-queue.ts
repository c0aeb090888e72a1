// What happens to the list of posts and the place in it.
import type { PostSummary } from "../api/types.js";
import type { Handlers } from "./actions.js";
import { place } from "./order.js";
import type { State } from "./state.js";
import { sameList } from "./view.js";

/** Appends what is not there yet: a post may have moved between two pages while they were read. */
function join<Item extends { id: string }>(items: readonly Item[], more: readonly Item[]): readonly Item[] {
  const known = new Set(items.map((item) => item.id));
  return [...items, ...more.filter((item) => !known.has(item.id))];
}

/** The page with `post` in the list as it now stands. */
export const listed = (state: State, post: PostSummary): State => {
  const items = place(state.queue.items, post, state.view, state.session?.moderator.id ?? null, state.queue.next !== null);
  return items === state.queue.items ? state : { ...state, queue: { ...state.queue, items } };
};

export const queueHandlers: Handlers<
  | "view/changed"
  | "views/received"
  | "facets/received"
  | "queue/asked"
  | "queue/growing"
  | "queue/received"
  | "queue/failed"
  | "queue/counted"
  | "queue/touched"
  | "selection/changed"
  | "cursor/moved"
  | "pane/shown"
> = {
  "view/changed": (state, { view }) => {
    if (sameList(view, state.view)) return { ...state, view };
    const tab = view.tab === state.view.tab ? {} : { items: [], next: null, status: "loading" as const };
    const facets = view.tab === state.view.tab ? state.facets : null;
    return { ...state, view, facets, selected: new Set(), queue: { ...state.queue, ...tab, next: null, growing: false } };
  },
  "views/received": (state, { views }) => ({ ...state, views }),
  "facets/received": (state, { facets }) => ({ ...state, facets }),
  "queue/asked": (state) => ({ ...state, queue: { ...state.queue, status: "loading" } }),
  "queue/growing": (state) => ({ ...state, queue: { ...state.queue, growing: true } }),
  "queue/received": (state, { view, page, append }) => {
    if (!sameList(view, state.view)) return state;
    const items = append ? join(state.queue.items, page.items) : page.items;
    return { ...state, counts: page.counts, queue: { status: "ready", items, next: page.next, growing: false, problem: "" } };
  },
  "queue/failed": (state, { problem }) => ({
    ...state,
    queue: { ...state.queue, status: state.queue.items.length ? "ready" : "failed", growing: false, problem },
  }),
  "queue/counted": (state, { counts }) => ({ ...state, counts }),
  "queue/touched": (state, { post }) => listed(state, post),
  "selection/changed": (state, { selected }) => ({ ...state, selected }),
  "cursor/moved": (state, { id, detail }) => {
    if (id === state.cursor) return state;
    // A step that came too late is explained on the post as it was read.
    const shown = (id !== null && state.conflicts[id]?.before) || detail;
    const status = shown ? "ready" : id ? "loading" : "idle";
    return { ...state, cursor: id, dialog: null, bulk: null, post: { status, detail: shown, problem: "" } };
  },
  "pane/shown": (state, { pane }) => ({ ...state, pane }),
};
