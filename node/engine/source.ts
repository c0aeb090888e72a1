/**
 * What the gate needs of an engine, and where a worker finds one. Tests hand in a module that hangs, traps or answers by script.
 */
import type { Answer, EngineVersion, Submission, Verdict } from "countersign";

/** An engine as `countersign` exports it. */
export type Engine = {
  check(submission: Submission): Answer;
  version(): EngineVersion;
  /** Who operates the agent with this account id, where the policy says so. */
  operator(agent: string): string | undefined;
};

/** What a worker is asked. */
export type Question = { check: Submission } | { operator: string };

/** What it replies, or why it did not. */
export type Reply = { answer: Answer } | { operator: string | null } | { undecided: UndecidedCode };

/** A module, by address or package name, that exports `loadEngine(setup?: Setup): Promise<Engine>`. */
export type EngineSource = { module: string };

/** The engine this package ships. */
export const SHIPPED: EngineSource = { module: "countersign" };

/** The engine's answer, or the stable code of why there is none. */
export type Judgement = Answer | { undecided: UndecidedCode };

/** Why there is no verdict. */
export type UndecidedCode = "undecided/deadline" | "undecided/trap" | "undecided/overload" | "undecided/engine";

/** An answer's parts, one of which is there. */
export function parts(answer: Answer): { verdict?: Verdict | undefined; error?: string | undefined } {
  return answer;
}
