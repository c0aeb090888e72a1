// Keeps the page as the service has it: single posts are read as they change, many at once are read as a list.
import { follow } from "../api/events.js";
import type { Desk } from "./desk.js";
import type { Store } from "./store.js";

const GATHER_MS = 200;
const FEW = 8;

/** Gathers ids for a moment, then hands them over together. */
function gather(hand: (ids: string[]) => void): (id: string) => void {
  const ids = new Set<string>();
  return (id) => {
    if (ids.size === 0) {
      setTimeout(() => {
        hand([...ids]);
        ids.clear();
      }, GATHER_MS);
    }
    ids.add(id);
  };
}

/** Reads what changed: a few posts one by one, more of them as the list with the one that is open. */
function refresh(store: Store, { list, places }: Desk, ids: readonly string[]): void {
  const { cursor, view } = store.state;
  const many = ids.length > FEW || (view.narrow.q !== undefined && ids.length > 0);
  for (const id of many ? ids.filter((id) => id === cursor) : ids) void places.read(id);
  void (many ? list.load() : list.count());
}

/**
 * Follows the service's events for as long as the page lives.
 *
 * @param url the address of `/api/v1/events`
 */
export function keepLive(store: Store, desk: Desk, url: URL): () => void {
  let lost = false;
  const changed = gather((ids) => refresh(store, desk, ids));
  return follow(url, {
    opened() {
      store.dispatch({ type: "connection/changed", connection: "live", at: Date.now() });
      if (lost) void desk.list.load();
      if (lost && store.state.cursor) void desk.places.read(store.state.cursor);
      lost = false;
    },
    lost() {
      lost = true;
      store.dispatch({ type: "connection/changed", connection: "lost", at: Date.now() });
    },
    post: ({ id }) => changed(id),
  });
}
