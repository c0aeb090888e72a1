/**
 * A gate with moderators at it and a clock of the test's own.
 */
import type { GateOptions } from "../api/host.js";
import type { DecisionRequest, Moderator, PostDetail, Step } from "../api/schema.js";
import { people, type TestGate, testGate } from "./gate.js";

/** The moderators of the tests. */
export const { mira, milo, lea, audra } = people as Record<"mira" | "milo" | "lea" | "audra", Moderator>;

/** A gate, its clock, and moderators who decide on what they have just looked at. */
export type TestDesk = TestGate & {
  /** Milliseconds pass. */
  pass(ms: number): void;
  now(): Date;
  act(step: Step, id: string, by?: Moderator, more?: Partial<DecisionRequest>): Promise<PostDetail>;
  /** What the log says happened to a post, in order. */
  trail(id: string): Promise<string[]>;
};

/** A desk of this test's own; a decision can be taken back for ten seconds. */
export async function testDesk(options: Partial<GateOptions> = {}): Promise<TestDesk> {
  let clock = Date.parse("2026-05-05T09:00:00Z");
  const now = () => new Date(clock);
  const test = await testGate({ now, undoMs: 10_000, ...options });
  const { review, audit } = test.gate;
  return {
    ...test,
    now,
    pass: (ms) => {
      clock += ms;
    },
    act: async (step, id, by = mira, more = {}) => {
      const { contentHash, version } = await review.get(id);
      return review.decide(step, id, by, { contentHash, version, ...more });
    },
    trail: async (id) => (await audit.list({ postId: id })).map(({ actor, action }) => `${actor} ${action}`),
  };
}
