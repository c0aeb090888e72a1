/**
 * `countersign policy`: what is wrong with a policy, and which of its lines decided a submission.
 */
import { loadEngine, type Setup, type Submission } from "countersign";
import { readSetup } from "../engine/setup.js";
import { parts } from "../engine/source.js";
import { explained } from "./explain.js";
import { read, UsageError } from "./usage.js";

async function load(setup: Setup, file: string | undefined) {
  try {
    return await loadEngine(setup);
  } catch (error) {
    throw new UsageError(`\`${file}\`: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Says that a policy is valid; throws what is wrong with it, by line and key. */
export async function checkPolicy(file: string): Promise<number> {
  await load(readSetup({ policyFile: file }), file);
  console.log(`${file}: the policy is valid`);
  return 0;
}

function submissionIn(file: string): Submission {
  try {
    const value: unknown = JSON.parse(read(file));
    if (typeof value === "object" && value !== null) return { now: new Date().toISOString(), ...value } as Submission;
  } catch (error) {
    if (error instanceof UsageError) throw error;
  }
  throw new UsageError(`\`${file}\`: not a submission: write one JSON object with \`post\`, and \`thread\` where there is one`);
}

/** Prints which lines of which file decided the submission in `file`, and every other that was looked at. */
export async function explainPolicy(file: string, options: { policy?: string; rules?: string }): Promise<number> {
  const engine = await load(readSetup({ policyFile: options.policy, rulesFolder: options.rules }), options.policy ?? options.rules);
  const { verdict, explanation, error } = parts(engine.explain(submissionIn(file)));
  if (verdict === undefined || explanation === undefined) throw new UsageError(`\`${file}\`: ${error ?? "it could not be read"}`);
  console.log(explained(verdict, explanation, options.policy));
  return 0;
}
