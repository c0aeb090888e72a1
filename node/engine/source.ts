/**
 * What the gate needs of an engine, and where a worker finds one. Tests hand in a module that hangs, traps or answers by script.
 */
import type { Agent, Answer, EngineVersion, Explanation, Submission, Verdict } from "countersign";

/** An engine as `countersign` exports it. */
export type Engine = {
  check(submission: Submission): Answer;
  version(): EngineVersion;
  /** The agents the policy registers. */
  agents(): Agent[];
};

/** What an engine says of itself when it has come up. */
export type Ready = { version: EngineVersion; agents: Agent[] };

/** A module, by address or package name, that exports `loadEngine(setup?: Setup): Promise<Engine>`. */
export type EngineSource = { module: string };

/** The engine this package ships. */
export const SHIPPED: EngineSource = { module: "countersign" };

/** The engine's answer, or the stable code of why there is none. */
export type Judgement = Answer | { undecided: UndecidedCode };

/** Why there is no verdict. */
export type UndecidedCode = "undecided/deadline" | "undecided/trap" | "undecided/overload" | "undecided/engine";

/** An answer's parts, one of which is there. */
export function parts(answer: Answer): { verdict?: Verdict; explanation?: Explanation; error?: string } {
  return answer;
}
