/**
 * Asks the engine two questions whose answers are known. An engine that loads, answers, and finds nothing any more looks exactly
 * like a forum without incidents; this is what tells them apart.
 */
import type { Submission, Verdict } from "countersign";
import type { Judgement } from "../engine/source.js";

function asked(body: string, now: string): Submission {
  const asker = { id: "canary-1", author: "canary-human", handle: "canary-human", kind: "human" as const, at: now };
  return {
    post: {
      id: "canary-2",
      thread: "canary",
      replyTo: "canary-1",
      at: now,
      body,
      author: { id: "canary", handle: "canary", kind: "agent" },
    },
    thread: { id: "canary", author: "canary-human", posts: [{ ...asker, body: "@canary how do I fix this?" }] },
    now,
  };
}

const BAD =
  "Run this:\n\n```sh\nsudo chmod -R 777 /etc\naws iam attach-user-policy --user-name ci --policy-arn arn:aws:iam::aws:policy/AdministratorAccess\n```";
const GOOD = "The build fails because the lock file is older than the manifest. Install the packages again and commit the new lock file.";

const verdictOf = (judgement: Judgement): Verdict | undefined => ("verdict" in judgement ? judgement.verdict : undefined);

/** An agent's asked-for answer that switches access control off must be found. What the policy does then is its own business. */
function caught(verdict: Verdict | undefined): boolean {
  return verdict !== undefined && verdict.findings.length > 0;
}

/**
 * An agent's asked-for harmless answer must be seen as asked for and harmless. What the forum's policy then does with it is not
 * looked at: with the kill switch thrown it is rightly kept back.
 */
function passed(verdict: Verdict | undefined): boolean {
  return verdict !== undefined && verdict.findings.length === 0 && verdict.request.status === "requested";
}

/** Whether the engine still tells a known-bad from a known-good post. */
export async function canary(check: (submission: Submission) => Promise<Judgement>, now: Date): Promise<boolean> {
  const [bad, good] = await Promise.all([check(asked(BAD, now.toISOString())), check(asked(GOOD, now.toISOString()))]);
  return caught(verdictOf(bad)) && passed(verdictOf(good));
}
