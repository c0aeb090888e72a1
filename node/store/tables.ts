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
  onBehalfOf: string | null;
  operator: string | null;
  /** The human whose request counted. */
  asker: string | null;
  /** Whose private draft it is; null: the moderators'. */
  owner: string | null;
  threadId: string;
  threadTitle: string | null;
  submittedAt: string;
  claimedBy: string | null;
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

/** Posts let through that the host has not yet confirmed as published. */
export type OutboxTable = {
  id: Generated<number>;
  postId: string;
  payload: string;
  attempts: number;
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

/** Every table. */
export type Tables = {
  posts: PostTable;
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
