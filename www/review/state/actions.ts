// What can happen to the page.
import type { Counts, PostDetail, PostPage, PostSummary, Session, Step } from "../api/types.js";
import type { Dialog, Filter, Notice, Settings, State } from "./state.js";

/** Something that happened, with what came of it. */
export type Action =
  | { type: "access/granted"; session: Session }
  | { type: "access/denied"; access: State["access"] }
  | { type: "connection/changed"; connection: State["connection"]; at: number }
  | { type: "settings/changed"; settings: Partial<Settings> }
  | { type: "queue/asked"; filter: Filter }
  | { type: "queue/growing" }
  | { type: "queue/received"; filter: Filter; page: PostPage; append: boolean }
  | { type: "queue/failed"; problem: string }
  | { type: "queue/counted"; counts: Counts }
  | { type: "queue/touched"; post: PostSummary }
  | { type: "query/typed"; query: string }
  | { type: "cursor/moved"; id: string | null }
  | { type: "pane/shown"; pane: State["pane"] }
  | { type: "post/asked"; id: string }
  | { type: "post/received"; detail: PostDetail }
  | { type: "post/failed"; id: string; problem: string }
  | { type: "step/began"; step: Step; post: PostDetail; by: string }
  | { type: "step/done"; step: Step; detail: PostDetail }
  | { type: "step/failed"; id: string; notice: Notice }
  | { type: "step/late"; step: Step; before: PostDetail; current: PostDetail }
  | { type: "conflict/read" }
  | { type: "dialog/opened"; dialog: Dialog }
  | { type: "dialog/closed" }
  | { type: "notice/shown"; notice: Notice }
  | { type: "notice/cleared" };

/** What each of the named actions makes of the page; pure. */
export type Handlers<Type extends Action["type"]> = {
  [Name in Type]: (state: State, action: Extract<Action, { type: Name }>) => State;
};
