// What happens to the one post that is open: reading it, taking a step, coming too late.
import type { PostDetail, PostSummary } from "../api/types.js";
import type { Handlers } from "./actions.js";
import { listed } from "./reduce-queue.js";
import type { Dialog, State } from "./state.js";

/** The post as the queue lists it. */
export function summaryOf(detail: PostDetail): PostSummary {
  const { submission, verdict, undecided, notes, decision, receipt, audit, history, ...rest } = detail;
  const { operator, versions, exposure, undo, erasedAt, approvals, ...summary } = rest;
  return summary;
}

/** The page with `detail` open, when it is the post the moderator is at. */
const opened = (state: State, detail: PostDetail): State =>
  detail.id === state.cursor ? { ...state, post: { status: "ready", detail, problem: "" } } : state;

const without = <Value>(record: Readonly<Record<string, Value>>, id: string): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key !== id));

/** The forms that decide on the open post; what is read in them is what is decided on. */
const DECIDING = ["approve", "reject", "return", "escalate", "redact"] as const;
const deciding = (dialog: Dialog | null) => DECIDING.find((each) => each === dialog) ?? null;

/** A newer version arriving while the moderator is about to decide is a conflict, not a silent swap of what they read. */
function receive(state: State, detail: PostDetail): State {
  if (state.pending[detail.id]) return state;
  const seen = state.post.detail;
  const step = deciding(state.dialog);
  const changed = seen?.id === detail.id && detail.version > seen.version;
  if (step && changed && detail.id === state.cursor) {
    const conflicts = { ...state.conflicts, [detail.id]: { step, before: seen, current: detail } };
    return { ...listed(state, summaryOf(detail)), dialog: null, conflicts };
  }
  const conflict = state.conflicts[detail.id];
  if (conflict)
    return { ...listed(state, summaryOf(detail)), conflicts: { ...state.conflicts, [detail.id]: { ...conflict, current: detail } } };
  const stale = seen?.id === detail.id && detail.version < seen.version;
  return stale ? state : opened(listed(state, summaryOf(detail)), detail);
}

export const postHandlers: Handlers<
  "post/asked" | "post/received" | "post/failed" | "step/began" | "step/done" | "step/failed" | "step/late" | "conflict/read"
> = {
  "post/asked": (state, { id }) => (id === state.cursor ? { ...state, post: { ...state.post, status: "loading", problem: "" } } : state),
  "post/received": (state, { detail }) => receive(state, detail),
  "post/failed": (state, { id, problem }) =>
    id === state.cursor ? { ...state, post: { ...state.post, status: "failed", problem } } : state,
  "step/began": (state, { step, post, shown }) => {
    const pending = { ...state.pending, [post.id]: { step, before: post } };
    return { ...opened(listed(state, summaryOf(shown)), shown), pending, dialog: null, notice: null, undo: null };
  },
  "step/done": (state, { detail }) => ({
    ...opened(listed(state, summaryOf(detail)), detail),
    pending: without(state.pending, detail.id),
  }),
  "step/failed": (state, { id, notice }) => {
    const was = state.pending[id]?.before;
    const settled = { ...state, pending: without(state.pending, id), notice };
    return was ? opened(listed(settled, summaryOf(was)), was) : settled;
  },
  "step/late": (state, { step, before, current }) => ({
    ...opened(listed(state, summaryOf(current)), before),
    pending: without(state.pending, current.id),
    conflicts: { ...state.conflicts, [current.id]: { step, before, current } },
    dialog: current.id === state.cursor ? null : state.dialog,
  }),
  "conflict/read": (state, { id }) => {
    const conflict = state.conflicts[id];
    return conflict ? { ...opened(state, conflict.current), conflicts: without(state.conflicts, id) } : state;
  },
};
