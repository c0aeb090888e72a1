// What happens to a step on many posts.
import type { PostSummary } from "../api/types.js";
import type { Handlers } from "./actions.js";
import { listed } from "./reduce-queue.js";
import type { State } from "./state.js";

/** The list after the step was taken on one of its posts. What else changed with it comes with the service's event. */
function settled(state: State, id: string, became: Pick<PostSummary, "state" | "version">): State {
  const post = state.queue.items.find((item) => item.id === id);
  return post ? listed(state, { ...post, ...became }) : state;
}

export const bulkHandlers: Handlers<"bulk/asked" | "bulk/changed" | "bulk/done"> = {
  "bulk/asked": (state, { step, posts }) => ({
    ...state,
    dialog: "bulk",
    bulk: { step, posts, status: "asking", results: [], problem: "" },
  }),
  "bulk/changed": (state, { bulk }) => (state.bulk ? { ...state, bulk: { ...state.bulk, ...bulk } } : state),
  "bulk/done": (state, { results }) => {
    const refused = new Set(results.flatMap((result) => (result.ok ? [] : [result.id])));
    const after = results.reduce(
      (page, result) =>
        result.ok ? settled(page, result.id, { state: result.state as PostSummary["state"], version: result.version }) : page,
      state,
    );
    const selected = new Set([...state.selected].filter((id) => refused.has(id)));
    return { ...after, selected, bulk: null, dialog: null };
  },
};
