/**
 * What teaching the gate needs beyond the rooms' context: the engine in force, what it was set up with, and engines to try things on.
 */
import type { Agent, Setup } from "countersign";
import type { Context } from "../context.js";
import type { Refused } from "../engine/live.js";
import type { EngineSource } from "../engine/source.js";
import type { Trials } from "./trials.js";

/** What teaching the gate needs. */
export type Learning = {
  context: Context;
  /** Policy and rules as they are kept now, without exceptions; throws what is wrong with them. */
  read(): Setup;
  /** The engine in force. */
  live: { settled(): Promise<void>; readonly refused?: Refused | undefined; readonly agents: readonly Agent[] };
  operatorOf(agent: string): string | null;
  /** What engines are tried from, and how long one may take over a post. */
  source: EngineSource;
  deadlineMs: number;
  trials: Trials;
};
