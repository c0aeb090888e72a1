// Everything the page knows at one moment. It is replaced, never changed in place, so an element can compare by identity.
import type { BulkResult, Counts, Facets, PostDetail, PostSummary, SavedView, Session, Step } from "../api/types.js";
import type { Key, Locale } from "../locale/locale.js";
import { PLAIN, type View } from "./view.js";

/** How far something asked of the service has come. */
export type Progress = "idle" | "loading" | "ready" | "failed";

/** What a moderator set for themselves, kept in this browser. */
export type Settings = { locale: Locale; theme: "auto" | "light" | "dark"; keys: boolean };

/** A sentence shown once, in words of the locale file; `detail` is the service's own. */
export type Notice = {
  tone: "good" | "bad";
  words: Key;
  values?: Readonly<Record<string, string | number>>;
  detail?: string;
  post?: string;
};

/** One's own last decision, while it can be taken back. `until` is in milliseconds since the epoch. */
export type Undo = { posts: readonly Pick<PostDetail, "id" | "version" | "contentHash">[]; until: number };

/** A step that came too late: the post as the moderator saw it and as it stands. */
export type Conflict = { step: Step; before: PostDetail; current: PostDetail };

/** A step shown ahead of its answer, with the post as it was. */
export type Pending = { step: Step; before: PostDetail };

/** The steps many posts can take at once. */
export type BulkStep = "claim" | "release" | "approve" | "reject" | "return" | "escalate";

/** A step on many posts: what would come of it, and how far it is. */
export type Bulk = {
  step: BulkStep;
  status: "asking" | "ready" | "sending" | "failed";
  posts: readonly PostSummary[];
  results: BulkResult["results"];
  problem: string;
};

/** What is open over the page. */
export type Dialog = "help" | "approve" | "reject" | "return" | "escalate" | "redact" | "bulk" | "save";

/** The page at one moment. */
export type State = {
  access: "checking" | "granted" | "signed-out" | "refused" | "unreachable";
  session: Session | null;
  connection: "connecting" | "live" | "lost";
  /** When the connection was lost, in milliseconds since the epoch. */
  lostAt: number | null;
  settings: Settings;
  /** Which section is shown, and the rest of its address. */
  section: string;
  path: string;
  view: View;
  queue: { status: Progress; items: readonly PostSummary[]; next: string | null; growing: boolean; problem: string };
  counts: Counts | null;
  facets: Facets | null;
  /** The searches this moderator keeps. */
  views: readonly SavedView[];
  /** The posts chosen for a step on many. */
  selected: ReadonlySet<string>;
  bulk: Bulk | null;
  /** The post the moderator is at. */
  cursor: string | null;
  /** What a narrow screen shows. */
  pane: "queue" | "post";
  post: { status: Progress; detail: PostDetail | null; problem: string };
  /** Steps on their way, by post. */
  pending: Readonly<Record<string, Pending>>;
  /** Steps that came too late, by post. */
  conflicts: Readonly<Record<string, Conflict>>;
  undo: Undo | null;
  dialog: Dialog | null;
  notice: Notice | null;
};

/** The conflict of the post the moderator is at. */
export const conflictOf = ({ conflicts, cursor }: State): Conflict | null => (cursor === null ? null : (conflicts[cursor] ?? null));

/** The page before anything was asked. */
export const initial = (settings: Settings): State => ({
  access: "checking",
  session: null,
  connection: "connecting",
  lostAt: null,
  settings,
  section: "queue",
  path: "",
  view: PLAIN,
  queue: { status: "idle", items: [], next: null, growing: false, problem: "" },
  counts: null,
  facets: null,
  views: [],
  selected: new Set(),
  bulk: null,
  cursor: null,
  pane: "queue",
  post: { status: "idle", detail: null, problem: "" },
  pending: {},
  conflicts: {},
  undo: null,
  dialog: null,
  notice: null,
});
