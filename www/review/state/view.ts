// What the queue shows: a tab, what it is narrowed to, in which order and in which groups. Pure, and the same words as the service's.
import type { PostQuery } from "../api/types.js";

/** The tabs of the queue, in their order. */
export const TABS = ["open", "escalated", "flagged", "approved", "rejected", "returned", "blocked"] as const;
/** A tab of the queue. */
export type Tab = (typeof TABS)[number];

/** The orders there are; `critical` is most severe first, of those the longest waiting. */
export const ORDERS = ["critical", "oldest", "newest"] as const;
/** An order. */
export type Order = (typeof ORDERS)[number];

/** What the list can be grouped by. */
export const GROUPINGS = ["none", "severity", "author", "category", "rule", "day"] as const;
/** A grouping. */
export type Grouping = (typeof GROUPINGS)[number];

/** What the list can be narrowed to, in the order of the filter bar. */
export const FIELDS = ["severity", "author", "category", "rule", "claimed", "olderThan", "escalated", "q"] as const;
/** One of them. */
export type Field = (typeof FIELDS)[number];
/** What the list is narrowed to; all that are given must fit. */
export type Narrowing = Readonly<Partial<Record<Field, string>>>;

/** What the queue shows. */
export type View = { tab: Tab; order: Order; group: Grouping; narrow: Narrowing };

/** What the queue shows unless asked otherwise. */
export const PLAIN: View = { tab: "open", order: "critical", group: "none", narrow: {} };

/** What a field's value may be where the service allows only some: an address with another one is read without it. */
const ALLOWED: Partial<Record<Field, RegExp>> = {
  severity: /^(?:low|medium|high|critical)$/,
  claimed: /^(?:me|others|nobody|by:.{1,200})$/u,
  olderThan: /^\d{1,15}$/,
  escalated: /^(?:true|false)$/,
};

const LONGEST = 200;

const fits = (field: Field, value: string) => value !== "" && value.length <= LONGEST && (ALLOWED[field]?.test(value) ?? true);

/** A view of `tab` from the query of an address; what is unknown is left out. */
export function readView(tab: Tab, query: string): View {
  const given = new URLSearchParams(query);
  const narrow: Partial<Record<Field, string>> = {};
  for (const field of FIELDS) {
    const value = given.get(field);
    if (value !== null && fits(field, value)) narrow[field] = value;
  }
  const order = ORDERS.find((each) => each === given.get("order")) ?? PLAIN.order;
  const group = GROUPINGS.find((each) => each === given.get("group")) ?? PLAIN.group;
  return { tab, order, group, narrow };
}

/** The query of an address for a view; without what is as usual. */
export function writeView({ order, group, narrow }: View): string {
  const query = new URLSearchParams();
  for (const field of FIELDS) if (narrow[field]) query.set(field, narrow[field]);
  if (order !== PLAIN.order) query.set("order", order);
  if (group !== PLAIN.group) query.set("group", group);
  return query.toString();
}

/** `view` narrowed to `value` in one field, or no longer when it is empty. */
export function narrowed(view: View, field: Field, value: string): View {
  const { [field]: _, ...rest } = view.narrow;
  return { ...view, narrow: fits(field, value) ? { ...rest, [field]: value } : rest };
}

/** The query of `GET /posts` and `GET /facets` for a view; the escalated tab is the open one, narrowed. */
export function queryOf({ tab, order, narrow }: View): Partial<Record<keyof PostQuery, string>> {
  const state = tab === "escalated" ? { state: "open", escalated: "true" } : { state: tab };
  return { ...narrow, ...state, order };
}

/** Whether two views list the same posts in the same order, however they are grouped. */
export const sameList = (a: View, b: View): boolean =>
  a.tab === b.tab && writeView({ ...a, group: "none" }) === writeView({ ...b, group: "none" });

/** How much a view leaves out: the fields it is narrowed to. */
export const narrowings = ({ narrow }: View): Field[] => FIELDS.filter((field) => narrow[field] !== undefined);
