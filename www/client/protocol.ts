/**
 * The messages between the page and its worker: one answer for each question, matched by `id`.
 */
import type { Submission } from "countersign";
import type { PageAnswer } from "./engine.js";

/** Sent once, first. */
export interface Start {
  /** Where the `.wasm` is served; beside the worker's script when left out. */
  wasmUrl?: string;
  /** The forum's policy, TOML. */
  policy?: string;
}

/** A batch to check. */
export interface Question {
  /** Chosen by the page, unique in its life. */
  id: number;
  /** What to check. */
  submissions: Submission[];
}

/** What the worker says back: the answers in the order asked, or why there are none. */
export type Reply = { id: number; answers: PageAnswer[] } | { id: number; error: string };

/** Anything the page sends. */
export type Message = { start: Start } | { question: Question };
