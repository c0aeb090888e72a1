/**
 * The review as the gate offers it to its host: the functions the HTTP routes answer with.
 */
import type { Gate } from "../api/host.js";
import type { Outbox } from "../outbox/outbox.js";
import { queuePage } from "../store/queue.js";
import { counts, facets } from "../store/totals.js";
import { bulk } from "./bulk.js";
import { decide, type Review } from "./decide.js";
import { expire, sweep } from "./sweep.js";
import { detail, find, summary } from "./view.js";
import { listViews, putView, removeView } from "./views.js";

const PAGE = 50;
const LARGEST_PAGE = 200;

/** What waits longer than this expires. */
export type Patience = { expireDays?: number | undefined };

function reading({ context }: Review): Pick<Gate["review"], "list" | "facets" | "get" | "views"> {
  const { db, now } = context;
  return {
    list: async ({ cursor, limit = PAGE, ...query } = {}, moderator) => {
      const at = now();
      const size = Math.min(Math.max(limit, 1), LARGEST_PAGE);
      const { rows, next } = await queuePage(db, query, cursor, size, at, moderator?.id ?? "");
      return { items: rows.map((row) => summary(row, at)), next, counts: await counts(db) };
    },
    facets: (state) => facets(db, state),
    get: async (id) => detail(db, await find(db, id), now()),
    views: {
      list: (moderator) => listViews(db, moderator),
      put: (moderator, view) => putView(context, moderator, view),
      remove: (moderator, name) => removeView(db, moderator, name),
    },
  };
}

/** The review of a gate. */
export function reviewRoom(review: Review, outbox: Outbox, { expireDays }: Patience): Gate["review"] {
  const { context } = review;
  const following = async <T>(act: Promise<T>): Promise<T> => {
    const done = await act;
    outbox.kick();
    return done;
  };
  return {
    ...reading(review),
    decide: (step, id, moderator, decision) => following(decide(review, { step, id, moderator, ...decision })),
    bulk: (request, moderator) => following(bulk(review, request, moderator)),
    sweep: () => following(sweep(context, expireDays)),
    threadGone: (thread) => following(expire(context, { thread })),
  };
}
