// Where the moderator is, as an address: `#/open/p-12`. A link to a post can be sent to a colleague.
import { FILTERS, type Filter } from "./state.js";

/** A tab and, when one is open, a post. */
export type Route = { filter: Filter; id: string | null };

function decode(part: string | undefined): string | null {
  try {
    return part ? decodeURIComponent(part) : null;
  } catch {
    return null;
  }
}

/** Reads a location's hash; anything unknown is the open queue. */
export function readRoute(hash: string): Route {
  const [, name, id] = hash.split("/");
  return { filter: FILTERS.find((filter) => filter === name) ?? "open", id: decode(id) };
}

/** The hash of a route. */
export const writeRoute = ({ filter, id }: Route): string => (id ? `#/${filter}/${encodeURIComponent(id)}` : `#/${filter}`);
