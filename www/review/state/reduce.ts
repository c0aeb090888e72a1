// The one function by which the page changes: pure, and a table rather than a switch.
import type { Action, Handlers } from "./actions.js";
import { bulkHandlers } from "./reduce-bulk.js";
import { postHandlers } from "./reduce-post.js";
import { queueHandlers } from "./reduce-queue.js";
import type { State } from "./state.js";

const pageHandlers: Handlers<
  | "access/granted"
  | "access/denied"
  | "connection/changed"
  | "settings/changed"
  | "section/shown"
  | "dialog/opened"
  | "dialog/closed"
  | "undo/offered"
  | "notice/shown"
  | "notice/cleared"
> = {
  "access/granted": (state, { session }) => ({ ...state, access: "granted", session }),
  "access/denied": (state, { access }) => ({ ...state, access }),
  "connection/changed": (state, { connection, at }) => ({
    ...state,
    connection,
    lostAt: connection === "lost" ? (state.lostAt ?? at) : null,
  }),
  "settings/changed": (state, { settings }) => ({ ...state, settings: { ...state.settings, ...settings } }),
  "section/shown": (state, { section, path }) => ({ ...state, section, path, dialog: section === state.section ? state.dialog : null }),
  "dialog/opened": (state, { dialog }) => ({ ...state, dialog }),
  "dialog/closed": (state) => ({ ...state, dialog: null, bulk: null }),
  "undo/offered": (state, { undo }) => ({ ...state, undo }),
  "notice/shown": (state, { notice }) => ({ ...state, notice }),
  "notice/cleared": (state) => ({ ...state, notice: null, undo: null }),
};

const handlers: Handlers<Action["type"]> = { ...pageHandlers, ...queueHandlers, ...bulkHandlers, ...postHandlers };

/** The page after `action`. */
export function reduce(state: State, action: Action): State {
  const handler = handlers[action.type] as (state: State, action: Action) => State;
  return handler(state, action);
}
