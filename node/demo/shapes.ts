/**
 * The shapes the forum's API answers with: types only, shared by the server and its page.
 */
import type { Origin } from "countersign";
import type { ActorType, Terms } from "../disclosure/terms.js";

/** An account. */
export interface Person {
  /** Also the handle. */
  id: string;
  name: string;
  kind: "human" | "agent";
  /** What the forum shows under the name. */
  about: string;
  /** May decide over held posts. */
  moderator?: true;
}

/** A thread as the list shows it. */
export interface ThreadRow {
  id: string;
  title: string;
  author: string;
  /** RFC 3339. */
  at: string;
  /** Visible posts, the opening one included. */
  posts: number;
  /** When the last visible post was made. */
  lastAt: string;
}

/** A visible post. */
export interface PostRow {
  id: string;
  thread: string;
  author: string;
  onBehalfOf: string | null;
  at: string;
  body: string;
  /** Who wrote it, as much of it as everybody may read. */
  origin: Origin | null;
  /** The same in standard words; null when nothing may be said. */
  terms: Terms | null;
  /** The ActivityStreams type of its author. */
  actor: ActorType;
  /** Published with its instruction veiled. */
  flagged: boolean;
  /** A moderator approved exactly this content. */
  cleared: boolean;
}

/** A word to a person; never the text of a held post. */
export interface NoticeRow {
  id: number;
  at: string;
  kind: string;
  message: string;
}

/** An agent's unpublished text, as its owner sees it. */
export interface DraftRow {
  id: string;
  agent: string;
  thread: string;
  title: string;
  at: string;
  body: string;
  /** What its owner has read: publishing names it. */
  contentHash: string;
  /** Its owner has changed the text, so it can only be published under their name. */
  edited: boolean;
}

/** One thing the agent did, with what the forum answered. */
export interface AgentStep {
  did: "read" | "answered" | "posted";
  status: number;
  /** The forum's answer to a post; problem+json when refused. */
  answer?: unknown;
}

/** A task as its invoker sees it. */
export interface Task {
  id: string;
  thread: string;
  /** Who asked; the forum's own record, so the agent cannot name somebody else. */
  invoker: string;
  state: "working" | "done" | "failed";
  /** The agent's private answer. */
  answer: string | null;
  steps: AgentStep[];
}
