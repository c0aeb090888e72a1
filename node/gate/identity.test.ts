/**
 * Who is verified is what the gate has verified, and nothing a submission says.
 */
import { describe, expect, it } from "vitest";
import { agentPost, humanPost, testGate } from "../testing/gate.js";
import { testSigner } from "../testing/signing.js";
import { intake } from "./intake.js";

const HERE = "https://forum.example/api/threads/t1/posts";
const clock = new Date("2026-05-05T09:00:00Z");
const claim = { auth: "signature", verifiedAgent: "registered" } as const;

async function signedGate() {
  const signer = await testSigner("https://agent.example");
  const keySource = async () => ({ keys: [signer.jwk] });
  const { gate, published } = await testGate({ authorities: ["forum.example"], keySource });
  return { gate, published, sign: () => signer.sign(HERE) };
}

describe("a verified agent", () => {
  it("reaches the submission from the gate's own answer, and its draft keeps it", async () => {
    const { gate, published, sign } = await signedGate();
    const identity = await gate.identify(await sign());
    if (!identity) throw new Error("nobody signed");
    const outcome = await gate.submit(agentPost("my analysis"), { identity });
    expect(outcome.action).toBe("block");
    const { submission } = await gate.review.get(outcome.postId);
    expect(submission.post.client).toEqual({ auth: "signature", verifiedAgent: "registered" });
    expect(await gate.drafts.publish(outcome.postId, "lior")).toMatchObject({ action: "label", notes: [] });
    await expect.poll(() => published).toHaveLength(1);
    expect(published[0]?.submission.post.client).toEqual({ auth: "signature", verifiedAgent: "registered" });
  });

  it("is refused when it is not the gate's own answer", async () => {
    const { gate, sign } = await signedGate();
    const identity = await gate.identify(await sign());
    if (!identity) throw new Error("nobody signed");
    const forged = gate.submit(humanPost("hello"), { identity: { ...identity, agent: "registered" } });
    await expect(forged).rejects.toMatchObject({ problem: { status: 400, detail: expect.stringContaining("`identity`") } });
  });

  it("is not believed of a submission: it is a declaration then, and the post an agent's", () => {
    const human = humanPost("hello");
    const made = intake({ ...human, post: { ...human.post, client: { ...claim, app: "bot" } } }, clock);
    expect(made).toMatchObject({
      automated: true,
      submission: { post: { client: { auth: "token", app: "bot" }, declared: { disclosure: "ai-generated" } } },
      notes: [expect.stringContaining("`gate.identify`")],
    });
    expect(made.submission.post.client).not.toHaveProperty("verifiedAgent");
  });

  it("is not believed of a submission that cannot be read either", () => {
    const broken = { post: { body: "x", author: { id: "dana" }, client: claim }, thread: 7 };
    expect(intake(broken, clock).submission.post.client).toEqual({ auth: "token" });
  });

  it("takes the place of whatever the submission said", () => {
    const human = humanPost("hello");
    for (const client of [{ verifiedAgent: "another" }, { auth: "session" as const }]) {
      const { submission, notes, automated } = intake({ ...human, post: { ...human.post, client } }, clock, [], "helper");
      expect({ client: submission.post.client, notes, automated }).toEqual({
        client: { auth: "signature", verifiedAgent: "helper" },
        notes: [],
        automated: true,
      });
    }
  });

  it("opens no other agent's grant by being claimed", async () => {
    const { gate } = await signedGate();
    const { token } = await gate.grants.issue({ by: "lior", agent: "registered", thread: "t1" });
    const post = agentPost("my analysis");
    const outcome = await gate.submit({ ...post, post: { ...post.post, client: claim } }, { grant: token });
    expect(outcome).toMatchObject({ action: "block", notes: expect.arrayContaining([expect.stringContaining("another agent")]) });
  });
});
