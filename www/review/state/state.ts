// Everything the page knows at one moment. It is replaced, never changed in place, so an element can compare by identity.
import type { Counts, PostDetail, PostSummary, Session, Step } from "../api/types.js";
import type { Key, Locale } from "../locale/locale.js";

/** The tabs of the queue, in their order. */
export const FILTERS = ["open", "flagged", "approved", "rejected", "returned", "blocked"] as const;
/** A tab of the queue. */
export type Filter = (typeof FILTERS)[number];

/** How far something asked of the service has come. */
export type Progress = "idle" | "loading" | "ready" | "failed";

/** What a moderator set for themselves, kept in this browser. */
export type Settings = { locale: Locale; theme: "auto" | "light" | "dark"; keys: boolean };

/** A sentence shown once, in words of the locale file; `detail` is the service's own. */
export type Notice = { tone: "good" | "bad"; words: Key; detail?: string; post?: string };

/** A step that came too late: the post as the moderator saw it and as it stands. */
export type Conflict = { step: Step; before: PostDetail; current: PostDetail };

/** What is open over the page. */
export type Dialog = "help" | "approve" | "reject" | "return";

/** The page at one moment. */
export type State = {
  access: "checking" | "granted" | "signed-out" | "refused" | "unreachable";
  session: Session | null;
  connection: "connecting" | "live" | "lost";
  /** When the connection was lost, in milliseconds since the epoch. */
  lostAt: number | null;
  settings: Settings;
  filter: Filter;
  query: string;
  queue: { status: Progress; items: readonly PostSummary[]; next: string | null; growing: boolean; problem: string };
  counts: Counts | null;
  /** The post the moderator is at. */
  cursor: string | null;
  /** What a narrow screen shows. */
  pane: "queue" | "post";
  post: { status: Progress; detail: PostDetail | null; problem: string };
  busy: Step | null;
  /** Posts as they were before a step shown ahead of its answer, by id. */
  before: Readonly<Record<string, PostSummary>>;
  conflict: Conflict | null;
  dialog: Dialog | null;
  notice: Notice | null;
};

/** The page before anything was asked. */
export const initial = (settings: Settings): State => ({
  access: "checking",
  session: null,
  connection: "connecting",
  lostAt: null,
  settings,
  filter: "open",
  query: "",
  queue: { status: "idle", items: [], next: null, growing: false, problem: "" },
  counts: null,
  cursor: null,
  pane: "queue",
  post: { status: "idle", detail: null, problem: "" },
  busy: null,
  before: {},
  conflict: null,
  dialog: null,
  notice: null,
});
