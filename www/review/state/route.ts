// Where the moderator is, as an address: `#/queue/open/p-12?severity=high&group=author`, `#/statistics`. A link can be sent to a colleague.
import { PLAIN, readView, TABS, type View, writeView } from "./view.js";

/** The queue with, when one is open, a post; or another section with the rest of its address (path and query, as it is). */
export type Route = { section: "queue"; view: View; id: string | null } | { section: string; path: string };

/** Whether a route is the queue's. */
export const isQueue = (route: Route): route is Extract<Route, { section: "queue" }> => route.section === "queue";

function decode(part: string | undefined): string | null {
  try {
    return part ? decodeURIComponent(part) : null;
  } catch {
    return null;
  }
}

/**
 * Reads a location's hash; anything unknown is the open queue. A tab may stand first (`#/open/p-12`).
 *
 * @param sections the ids of the sections there are
 */
export function readRoute(hash: string, sections: readonly string[]): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [first = "", ...rest] = path.split("/");
  const section = sections.find((each) => each === first && each !== "queue");
  if (section) return { section, path: rest.join("/") + (query && `?${query}`) };
  const [name, id] = first === "queue" ? rest : [first, ...rest];
  const tab = TABS.find((each) => each === name) ?? PLAIN.tab;
  return { section: "queue", view: readView(tab, query), id: decode(id) };
}

/** The hash of a route. */
export function writeRoute(route: Route): string {
  if (!isQueue(route)) return `#/${route.section}${"path" in route && route.path ? `/${route.path}` : ""}`;
  const query = writeView(route.view);
  return `#/queue/${route.view.tab}${route.id ? `/${encodeURIComponent(route.id)}` : ""}${query && `?${query}`}`;
}
