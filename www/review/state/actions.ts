// What can happen to the page.
import type { BulkResult, Counts, Facets, PostDetail, PostPage, PostSummary, SavedView, Session, Step } from "../api/types.js";
import type { Bulk, BulkStep, Dialog, Notice, Settings, State, Undo } from "./state.js";
import type { View } from "./view.js";

/** Something that happened, with what came of it. */
export type Action =
  | { type: "access/granted"; session: Session }
  | { type: "access/denied"; access: State["access"] }
  | { type: "connection/changed"; connection: State["connection"]; at: number }
  | { type: "settings/changed"; settings: Partial<Settings> }
  | { type: "section/shown"; section: string; path: string }
  | { type: "view/changed"; view: View }
  | { type: "views/received"; views: readonly SavedView[] }
  | { type: "facets/received"; facets: Facets }
  | { type: "queue/asked" }
  | { type: "queue/growing" }
  | { type: "queue/received"; view: View; page: PostPage; append: boolean }
  | { type: "queue/failed"; problem: string }
  | { type: "queue/counted"; counts: Counts }
  | { type: "queue/touched"; post: PostSummary }
  | { type: "selection/changed"; selected: ReadonlySet<string> }
  | { type: "bulk/asked"; step: BulkStep; posts: readonly PostSummary[] }
  | { type: "bulk/changed"; bulk: Partial<Bulk> }
  | { type: "bulk/done"; results: BulkResult["results"] }
  | { type: "cursor/moved"; id: string | null; detail: PostDetail | null }
  | { type: "pane/shown"; pane: State["pane"] }
  | { type: "post/asked"; id: string }
  | { type: "post/received"; detail: PostDetail }
  | { type: "post/failed"; id: string; problem: string }
  | { type: "step/began"; step: Step; post: PostDetail; shown: PostDetail }
  | { type: "step/done"; detail: PostDetail }
  | { type: "step/failed"; id: string; notice: Notice }
  | { type: "step/late"; step: Step; before: PostDetail; current: PostDetail }
  | { type: "conflict/read"; id: string }
  | { type: "undo/offered"; undo: Undo | null }
  | { type: "dialog/opened"; dialog: Dialog }
  | { type: "dialog/closed" }
  | { type: "notice/shown"; notice: Notice }
  | { type: "notice/cleared" };

/** What each of the named actions makes of the page; pure. */
export type Handlers<Type extends Action["type"]> = {
  [Name in Type]: (state: State, action: Extract<Action, { type: Name }>) => State;
};
