import fc from "fast-check";
import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import { ProblemError } from "../api/problems.js";
import type { PostDetail, Step } from "../api/schema.js";
import { Step as Steps } from "../api/schema.js";
import { lea, milo, mira, type TestDesk, testDesk } from "../testing/desk.js";
import { agentPost, BAD } from "../testing/gate.js";

const UNDO_MS = 1_000;
const CLAIM_MS = 5_000;
const PEOPLE = { mira, milo, lea };
const RUNS = 40;

type Act = { step: Step; by: keyof typeof PEOPLE } | { pass: number } | { edit: true } | { drain: true };

const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      step: fc.constantFrom(...Steps.options),
      by: fc.constantFrom(...(Object.keys(PEOPLE) as (keyof typeof PEOPLE)[])),
    }),
  },
  { weight: 2, arbitrary: fc.constantFrom({ step: "approve", by: "mira" } as const, { step: "undo", by: "mira" } as const) },
  { weight: 2, arbitrary: fc.record({ pass: fc.constantFrom(1, UNDO_MS - 1, UNDO_MS, CLAIM_MS) }) },
  { weight: 1, arbitrary: fc.constant({ edit: true } as const) },
  { weight: 2, arbitrary: fc.constant({ drain: true } as const) },
);

let posts = 0;

/** Takes a step and says whether it was taken; nothing may be refused but with a problem. */
async function tried(desk: TestDesk, id: string, step: Step, by: keyof typeof PEOPLE): Promise<boolean> {
  const spans = step === "redact" ? { spans: [{ field: "body", start: 0, end: BAD.length }] } : {};
  try {
    await desk.act(step, id, PEOPLE[by], { comment: "because", ...spans });
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(ProblemError);
    return false;
  }
}

async function edited(desk: TestDesk, id: string): Promise<void> {
  const { contentHash, state } = await desk.gate.review.get(id);
  if (!["held", "claimed", "returned"].includes(state)) return;
  const edit = agentPost(`${BAD} # ${posts++}`, true);
  edit.post.revises = contentHash;
  expect((await desk.gate.revise(edit)).postId).toBe(id);
}

const APPROVING = new Set(["approved", "approved-once", "redacted"]);

/** Who has approved the published content and has not taken it back, as the log tells. */
function approvers({ audit }: PostDetail): Set<string> {
  const standing = new Set<string>();
  for (const { action, actor, detail } of audit.slice(audit.findLastIndex(({ action }) => action === "held") + 1)) {
    if (APPROVING.has(action)) standing.add(actor);
    if (action === "undone" && APPROVING.has(String(detail.undid))) standing.delete(actor);
  }
  return standing;
}

function invariants(desk: TestDesk, before: PostDetail, after: PostDetail, taken: boolean | undefined) {
  if (taken !== undefined) expect(after.version).toBe(before.version + (taken ? 1 : 0));
  if (after.state === "claimed") expect(Date.parse(after.claimedUntil ?? "")).toBeGreaterThan(desk.now().getTime());
  expect(after.decision === null).toBe(after.state === "held" || after.state === "claimed");
  const published = desk.published.filter(({ id }) => id === after.id);
  if (published.length === 0) return;
  expect(published).toHaveLength(1);
  expect(after).toMatchObject({ state: "approved", receipt: published[0]?.receipt, undo: null });
  const voided = after.audit.map(({ detail }) => detail.voids);
  expect(voided).not.toContain(decodeJwt(published[0]?.receipt ?? "").jti);
  const redacted = after.decision?.redactions !== undefined;
  expect(approvers(after).size).toBeGreaterThanOrEqual(redacted ? 1 : (after.approvals?.needed ?? 1));
}

async function play(desk: TestDesk, sequence: readonly Act[]) {
  const { postId } = await desk.gate.submit(agentPost(`${BAD} # ${posts++}`, true));
  let before = await desk.gate.review.get(postId);
  for (const act of [...sequence, { drain: true } as const]) {
    let taken: boolean | undefined;
    if ("step" in act) taken = await tried(desk, postId, act.step, act.by);
    else if ("edit" in act) await edited(desk, postId);
    else if ("pass" in act) desk.pass(act.pass);
    else await desk.gate.outbox.drain();
    const after = await desk.gate.review.get(postId);
    invariants(desk, before, after, taken);
    before = after;
  }
  expect(await desk.gate.audit.verify()).toMatchObject({ ok: true });
}

describe.each(["", "two_person"])("any sequence of steps under the policy `%s`", (policy) => {
  it("publishes only what stands approved, once, and never what was taken back", { timeout: 120_000 }, async () => {
    const desk = await testDesk({ policy, undoMs: UNDO_MS, claimMs: CLAIM_MS });
    const property = fc.asyncProperty(fc.array(acts, { minLength: 1, maxLength: 14 }), (sequence) => play(desk, sequence));
    await fc.assert(property, { numRuns: RUNS });
    expect(desk.published.length).toBeGreaterThan(0);
  });
});
