/**
 * The tables, as the query layer sees them. Times are RFC 3339 text in UTC, so that they sort; JSON is text, so that what was
 * hashed or judged is kept byte for byte.
 */
import type { Generated, Kysely, Selectable, Transaction } from "kysely";
import type { PostState } from "../api/schema.js";

/** One post that was held, blocked or flagged: the moderators' record and the owner's draft. */
export type PostTable = {
  id: string;
  /** Counts every change; what `ETag` and `If-Match` carry. */
  version: number;
  state: PostState;
  action: "hold" | "block" | "flag";
  /** 0 none, 1 low … 4 critical. */
  severity: number;
  title: string;
  excerpt: string;
  authorId: string;
  authorHandle: string;
  authorKind: "human" | "agent" | "service" | "unknown";
  /** The registered agent it comes from, when it comes from one. */
  agent: string | null;
  onBehalfOf: string | null;
  operator: string | null;
  /** The human whose request counted. */
  asker: string | null;
  /** Whose private draft it is; null: the moderators'. */
  owner: string | null;
  threadId: string;
  threadTitle: string | null;
  /** The forum's category of the thread. */
  category: string | null;
  submittedAt: string;
  /** When it was written, where the host says. */
  writtenAt: string | null;
  decidedAt: string | null;
  claimedBy: string | null;
  /** When the claim ends by itself. */
  claimedUntil: string | null;
  escalatedBy: string | null;
  /** JSON: when it was handed to the leads and why, `{ at, comment }`. */
  escalation: string | null;
  /** JSON {@link Undo}: what the last decision can be taken back to; null when it cannot. */
  undo: string | null;
  /** When the post's text was erased on request. */
  erasedAt: string | null;
  rules: string;
  submission: string;
  verdict: string | null;
  undecided: string | null;
  notes: string;
  contentHash: string;
  revises: string | null;
  decision: string | null;
  receipt: string | null;
};

/** What a decision can be taken back to, by whom and until when. */
export type Undo = {
  by: string;
  until: string;
  /** The record's version the decision made: at any other the decision is not the last thing that happened. */
  version: number;
  /** What is undone, as the audit log calls it. */
  action: string;
  state: PostState;
  claimedBy: string | null;
  claimedUntil: string | null;
  escalatedBy: string | null;
  /** What the decision put into the outbox. */
  outbox: number[];
};

/** Which rules found something in a post, in the queue's order. Kept by triggers from `posts.rules`: never written by a room. */
export type PostRuleTable = { postId: string; rule: string; state: PostState; severity: number; submittedAt: string };

/** How many posts stand where; `escalated` is 0 or 1. Kept by triggers. */
export type TotalTable = { state: PostState; severity: number; escalated: number; count: number };

/** How many posts an author, a category or a rule has in a state. Kept by triggers; see `migrations/derived.ts`. */
export type TallyTable = { kind: "author" | "category" | "rule" | "kept" | "passed"; value: string; state: string; count: number };

/** The words a post is found by; written by `search.put` alone. */
export type SearchableTable = { postId: string; terms: string };

/** The texts a post had before the present one. */
export type VersionTable = {
  postId: string;
  /** The record's version while this was its text. */
  version: number;
  contentHash: string;
  submission: string;
  replacedAt: string;
};

/** A grant that was issued. The token itself is never kept. */
export type GrantTable = {
  id: string;
  agent: string;
  by: string;
  onBehalfOf: string | null;
  thread: string;
  action: "reply" | "topic";
  contentHash: string | null;
  notBefore: string;
  expires: string;
  usesLeft: number;
  revokedAt: string | null;
};

/** The hash-chained log. */
export type AuditTable = {
  seq: number;
  at: string;
  actor: string;
  action: string;
  postId: string | null;
  detail: string;
  previous: string;
  hash: string;
};

/** What the host has not yet confirmed: a post to publish, one to take down, or a notice to pass on. */
export type OutboxTable = {
  id: Generated<number>;
  postId: string;
  kind: "publish" | "withdraw" | "notice";
  payload: string;
  attempts: number;
  /** Not before: the next try, or the end of the time a decision can be undone. */
  nextAt: string;
  doneAt: string | null;
};

/** Nonces of signed requests that must not be seen again. */
export type NonceTable = {
  /** A hash of key and nonce. */
  id: string;
  keyid: string;
  until: string;
};

/** When posts of an agent were let through; a day's worth. */
export type PassTable = { agent: string; at: string };

/** Answers already given, so that a repeated request is answered the same and not done twice. */
export type AnswerTable = {
  /** A hash of moderator, method, path and the client's key. */
  id: string;
  /** A hash of the request's body: the same key with another body is refused. */
  request: string;
  status: number;
  body: string;
  until: string;
};

/** Searches moderators keep. */
export type ViewTable = { moderator: string; name: string; query: string; at: string };

/** False alarms turned into exceptions. */
export type AllowanceTable = {
  id: string;
  rule: string | null;
  fingerprint: string | null;
  /** JSON `AllowScope`. */
  scope: string;
  reason: string;
  by: string;
  at: string;
  expires: string;
  postId: string | null;
  revokedAt: string | null;
};

/** Who saw a post while it was readable, and who read past its veil. */
export type ExposureTable = { postId: string; reader: string; seenAt: string; acknowledgedAt: string | null };

/** What was counted of a day that is over (`day` is `2026-11-22`, JSON `Figures`), and under `cursor` up to which log entry it holds. */
export type DailyTable = { day: string; figures: string };

/** Moderators signed in by the gate itself (one-time link, OIDC). */
export type SessionTable = {
  /** A hash of the cookie. */
  id: string;
  /** JSON `Moderator`. */
  moderator: string;
  /** Not after, unless it is used before. */
  until: string;
  /** Not after, however much it is used. */
  ends: string;
};

/** Sign-ins under way at an identity provider. */
export type SignInTable = {
  /** A hash of the cookie of the browser that began it. */
  id: string;
  /** JSON: what the provider's answer has to match. */
  checks: string;
  until: string;
};

/** One-time links not yet used. */
export type LinkTable = { id: string; moderator: string; until: string };

/** Every table. */
export type Tables = {
  posts: PostTable;
  postRules: PostRuleTable;
  totals: TotalTable;
  tallies: TallyTable;
  searchable: SearchableTable;
  versions: VersionTable;
  answers: AnswerTable;
  views: ViewTable;
  allowances: AllowanceTable;
  exposures: ExposureTable;
  daily: DailyTable;
  sessions: SessionTable;
  links: LinkTable;
  signIns: SignInTable;
  grants: GrantTable;
  audit: AuditTable;
  outbox: OutboxTable;
  passes: PassTable;
  nonces: NonceTable;
};

/** Something queries run on: the database or a transaction. */
export type Queries = Kysely<Tables> | Transaction<Tables>;

/** A post's record as read. */
export type PostRow = Selectable<PostTable>;
