// What happens to the one post that is open: reading it, taking a step, coming too late.
import type { PostDetail, PostSummary } from "../api/types.js";
import type { Handlers } from "./actions.js";
import { place } from "./order.js";
import type { State } from "./state.js";

/** The post as the queue lists it. */
export function summaryOf(detail: PostDetail): PostSummary {
  const { submission, verdict, undecided, notes, contentHash, decision, receipt, audit, history, ...rest } = detail;
  const { operator, versions, exposure, undo, erasedAt, approvals, ...summary } = rest;
  return summary;
}

/** The page with `post` in the list as it now stands. */
const listed = (state: State, post: PostSummary): State => ({
  ...state,
  queue: { ...state.queue, items: place(state.queue.items, post, state.filter, state.queue.next !== null) },
});

/** The page with `detail` open, when it is the post the moderator is at. */
const opened = (state: State, detail: PostDetail): State =>
  detail.id === state.cursor ? { ...state, post: { status: "ready", detail, problem: "" } } : state;

const without = (before: State["before"], id: string): State["before"] =>
  Object.fromEntries(Object.entries(before).filter(([key]) => key !== id));

/** What a step makes of a post, shown before the service has answered. Decisions are not guessed: they wait. */
function guess(post: PostDetail, step: string, by: string): PostDetail {
  if (step === "claim") return { ...post, state: "claimed", claimedBy: by };
  if (step === "release") return { ...post, state: "held", claimedBy: null };
  return post;
}

/** A newer version arriving while the moderator is about to decide is a conflict, not a silent swap of what they read. */
function receive(state: State, detail: PostDetail): State {
  const seen = state.post.detail;
  const deciding = state.dialog !== null && state.dialog !== "help" ? state.dialog : null;
  const changed = seen?.id === detail.id && detail.version > seen.version;
  if (deciding && changed && detail.id === state.cursor) {
    return { ...listed(state, summaryOf(detail)), dialog: null, conflict: { step: deciding, before: seen, current: detail } };
  }
  const stale = seen?.id === detail.id && detail.version < seen.version;
  return stale || state.conflict ? state : opened(listed(state, summaryOf(detail)), detail);
}

export const postHandlers: Handlers<
  "post/asked" | "post/received" | "post/failed" | "step/began" | "step/done" | "step/failed" | "step/late" | "conflict/read"
> = {
  "post/asked": (state, { id }) => (id === state.cursor ? { ...state, post: { ...state.post, status: "loading", problem: "" } } : state),
  "post/received": (state, { detail }) => receive(state, detail),
  "post/failed": (state, { id, problem }) =>
    id === state.cursor ? { ...state, post: { ...state.post, status: "failed", problem } } : state,
  "step/began": (state, { step, post, by }) => {
    const shown = guess(post, step, by);
    const before = { ...state.before, [post.id]: summaryOf(post) };
    return { ...opened(listed(state, summaryOf(shown)), shown), before, busy: step, dialog: null };
  },
  "step/done": (state, { detail }) => ({
    ...opened(listed(state, summaryOf(detail)), detail),
    before: without(state.before, detail.id),
    busy: null,
    dialog: null,
  }),
  "step/failed": (state, { id, notice }) => {
    const was = state.before[id];
    const settled = { ...state, before: without(state.before, id), busy: null, notice };
    const detail = settled.post.detail;
    if (!was) return settled;
    return detail?.id === id ? opened(listed(settled, was), { ...detail, ...was }) : listed(settled, was);
  },
  "step/late": (state, { step, before, current }) => ({
    ...opened(listed(state, summaryOf(current)), before),
    before: without(state.before, current.id),
    busy: null,
    dialog: null,
    conflict: current.id === state.cursor ? { step, before, current } : state.conflict,
  }),
  "conflict/read": (state) => (state.conflict ? { ...opened(state, state.conflict.current), conflict: null } : state),
};
