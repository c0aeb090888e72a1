/**
 * Asks the gate, and answers in its place when it cannot: an agent's post is then held, a human's is published. The forum never
 * waits longer than the limit, whatever the gate does.
 */
"use strict";

/** Milliseconds the forum waits for the gate; the gate's own deadline for the engine is far below. */
const LIMIT_MS = 2_000;

/** @typedef {import("./types").Ruling} Ruling */
/** @typedef {import("./types").SubmissionInput} SubmissionInput */

/**
 * Whether a text is to be held when it cannot be judged.
 *
 * @param {SubmissionInput} submission
 */
function isAutomated({ post: { author, client } }) {
  return author.kind === "agent" || author.kind === "service" || client?.auth === "token";
}

/** @template T @param {Promise<T>} work @param {number} ms @returns {Promise<T>} */
function within(work, ms) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the gate did not answer in time")), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Why, without a word of the text: for refusals and notifications. @param {import("./types").Outcome} outcome */
function reasonsOf({ verdict, problem }) {
  const found = verdict?.findings.map(({ title }) => title) ?? [];
  const asked = verdict?.request.status === "unrequested" ? [verdict.request.why] : [];
  const told = [...found, ...asked];
  return [...new Set(told.length > 0 ? told : [problem?.detail ?? verdict?.reasons[0]?.message ?? "the policy holds it"])];
}

/** Why, with what it would do: for moderators who have the text before them. @param {import("./types").Outcome} outcome */
function detailsOf(outcome) {
  const found = outcome.verdict?.findings.map(({ title, why, safer }) => `${title}: ${why}. Instead: ${safer}`) ?? [];
  return found.length > 0 ? [...new Set(found)] : reasonsOf(outcome);
}

/** @param {import("./types").Outcome} outcome @returns {Ruling} */
function rulingOf(outcome) {
  const { action, postId, contentHash } = outcome;
  const kept = action === "hold" || action === "block" || action === "flag";
  return {
    action,
    contentHash,
    postId: kept ? postId : null,
    outcome,
    reasons: kept ? reasonsOf(outcome) : [],
    details: kept ? detailsOf(outcome) : [],
  };
}

/** @param {SubmissionInput} submission @returns {Ruling} */
function withoutGate(submission) {
  const automated = isAutomated(submission);
  const reasons = automated ? ["it could not be checked: the gate does not answer"] : [];
  return { action: automated ? "hold" : "publish", contentHash: "", postId: null, reasons, details: reasons };
}

/**
 * Builds the judge.
 *
 * @param {{ gate(): import("./types").Gate | null, log: import("./types").Core["log"], limitMs?: number }} options
 */
function createJudge({ gate, log, limitMs = LIMIT_MS }) {
  /**
   * What becomes of a text. Never throws, never takes much longer than the limit.
   *
   * @param {SubmissionInput} submission
   * @param {string} [grant] the token of a grant
   * @returns {Promise<Ruling>}
   */
  return async function judge(submission, grant) {
    const open = gate();
    if (open === null) return withoutGate(submission);
    const ask = submission.post.revises === undefined ? open.submit : open.revise;
    try {
      return rulingOf(await within(ask(submission, grant === undefined ? {} : { grant }), limitMs));
    } catch (error) {
      log.error(`[countersign] a post could not be judged: ${error instanceof Error ? error.name : "unknown error"}`);
      return withoutGate(submission);
    }
  };
}

module.exports = { createJudge, isAutomated };
