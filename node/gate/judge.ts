/**
 * From a submission to what the gate will do with it. Where the engine has no answer the gate has one: an agent's post is held, a
 * human's is published with the failure recorded.
 */
import type { Answer, Grant, Submission, Verdict } from "countersign";
import { type Judgement, parts } from "../engine/source.js";
import { contentHash } from "./hash.js";
import type { Intake } from "./intake.js";

/** What the gate will do with a submission, and why. */
export type Judged = {
  submission: Submission;
  action: Verdict["action"];
  verdict?: Verdict;
  undecided?: string;
  contentHash: string;
  notes: string[];
};

/** What judging needs: the engine, and whether it can be trusted. */
export type Bench = { check(submission: Submission): Promise<Judgement>; healthy(): Promise<boolean> };

/** What the engine is told beside the submission: grants verified for this very post, and when the agent's last ones passed. */
export type Known = { grants?: Grant[]; recent?: string[] };

const WHY: Record<string, string> = {
  "undecided/deadline": "checking it took too long and was stopped",
  "undecided/trap": "the engine failed on it and was replaced",
  "undecided/overload": "too many posts were waiting to be checked",
  "undecided/engine": "the engine is not running",
  "undecided/unhealthy": "the engine fails its own test, so its answers are not believed",
  "undecided/malformed": "the submission could not be read",
  "undecided/oversize": "the text is larger than the engine is given to read",
  "undecided/ill-formed": "part of the text cannot be read",
};

/** An undecided code in a sentence. */
export function explainUndecided(code: string): string {
  return WHY[code] ?? "it could not be decided";
}

const RANK: Verdict["action"][] = ["publish", "label", "flag", "hold", "block"];
const milder = (a: Verdict["action"], b: Verdict["action"]) => RANK.indexOf(a) < RANK.indexOf(b);

function fallback(intake: Intake, undecided: string, notes: string[]): Judged {
  const { submission, automated } = intake;
  return {
    submission,
    action: automated ? "hold" : "publish",
    undecided,
    contentHash: contentHash(submission),
    notes: [...notes, explainUndecided(undecided)],
  };
}

function decided(intake: Intake, answer: Answer, notes: string[]): Judged {
  const { submission, automated, unread } = intake;
  const { verdict, error } = parts(answer);
  if (verdict === undefined)
    return fallback(intake, "undecided/malformed", [...notes, `the engine could not read the submission: ${error}`]);
  const judged: Judged = { submission, action: verdict.action, verdict, contentHash: verdict.contentHash, notes };
  if (unread === undefined) return judged;
  const raised = automated && milder(verdict.action, "hold") ? "hold" : verdict.action;
  return { ...judged, action: raised, undecided: unread, notes: [...notes, explainUndecided(unread)] };
}

/**
 * Judges a submission made ready.
 *
 * @param known what the gate itself knows of its author
 * @param notes what was noted so far
 */
export async function judge(bench: Bench, intake: Intake, known: Known, notes: string[]): Promise<Judged> {
  const { submission, automated, unread } = intake;
  if (unread !== undefined && unread !== "undecided/ill-formed") return fallback(intake, unread, notes);
  if (automated && !(await bench.healthy())) return fallback(intake, "undecided/unhealthy", notes);
  const judgement = await bench.check({ ...submission, ...known });
  if ("undecided" in judgement) return fallback(intake, judgement.undecided, notes);
  return decided(intake, judgement, notes);
}
