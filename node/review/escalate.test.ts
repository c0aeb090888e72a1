import { describe, expect, it } from "vitest";
import { lea, milo, mira, testDesk } from "../testing/desk.js";
import { agentPost, BAD } from "../testing/gate.js";

async function held() {
  const desk = await testDesk();
  const { postId, contentHash } = await desk.gate.submit(agentPost(BAD, true));
  return { desk, postId, contentHash };
}

describe("handing a post to the leads", () => {
  it("needs a reason, which the leads are told", async () => {
    const { desk, postId } = await held();
    for (const comment of [undefined, "", " \n"]) {
      const said = comment === undefined ? {} : { comment };
      await expect(desk.act("escalate", postId, mira, said)).rejects.toMatchObject({ problem: { status: 400 } });
    }
    const after = await desk.act("escalate", postId, mira, { comment: "is this\u001b[2J the\u202E usual way?" });
    const comment = "is this\uFFFD[2J the\uFFFD usual way?";
    expect(after).toMatchObject({ state: "held", escalatedBy: "mira", escalation: { by: "mira", comment }, claimedBy: null });
    await desk.gate.outbox.drain();
    expect(desk.notices).toContainEqual({ to: null, kind: "escalated", postId, message: `a post waits for a lead: ${comment}` });
    expect(await desk.gate.review.list()).toMatchObject({ counts: { open: 1, escalated: 1 } });
  });

  it("leaves the decision to one of them, whoever else edits or claims it", async () => {
    const { desk, postId, contentHash } = await held();
    await desk.act("escalate", postId, mira, { comment: "unsure" });
    const edit = agentPost(`${BAD} -v`, true);
    edit.post.revises = contentHash;
    await desk.gate.revise(edit);
    for (const step of ["claim", "approve", "reject", "return"] as const)
      await expect(desk.act(step, postId, milo)).rejects.toMatchObject({ problem: { type: "urn:countersign:problem:role-insufficient" } });
    await desk.act("approve", postId, lea);
    expect(await desk.act("undo", postId, lea)).toMatchObject({ state: "held", escalatedBy: "mira" });
    expect(await desk.act("reject", postId, lea)).toMatchObject({ state: "rejected" });
    expect(await desk.gate.review.list()).toMatchObject({ counts: { open: 0, escalated: 0, rejected: 1 } });
  });

  it("does not make a lead fit to approve in their own matter", async () => {
    const desk = await testDesk({ operatorOf: () => "lea" });
    const { postId } = await desk.gate.submit(agentPost(BAD, true));
    await desk.act("escalate", postId, mira, { comment: "unsure" });
    await expect(desk.act("approve", postId, lea)).rejects.toMatchObject({
      problem: { type: "urn:countersign:problem:conflict-of-interest" },
    });
  });

  it("is not shown to the owner of a draft it became", async () => {
    const { desk, postId } = await held();
    await desk.act("escalate", postId, mira, { comment: "between us" });
    await desk.act("return", postId, lea, { comment: "for you" });
    expect(JSON.stringify(await desk.gate.drafts.get(postId, "lior"))).not.toContain("between us");
  });
});
