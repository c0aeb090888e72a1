import { describe, expect, it } from "vitest";
import { SHIPPED } from "../engine/source.js";
import { agentPost, testGate } from "../testing/gate.js";

const START = Date.parse("2026-05-05T09:00:00Z");

async function capped(policy: string) {
  const clock = { now: START };
  const test = await testGate({ engine: SHIPPED, deadlineMs: 10_000, policy, now: () => new Date(clock.now) });
  const submit = (body: string, change: (post: ReturnType<typeof agentPost>) => void = () => undefined) => {
    const post = agentPost(body, true);
    post.thread.posts = post.thread.posts?.map((said) => ({
      ...said,
      at: new Date(clock.now).toISOString(),
    }));
    change(post);
    return test.gate.submit(post);
  };
  return { ...test, clock, submit };
}

describe("a cap", () => {
  it("holds what is more, says until when, and ends then", async () => {
    const { submit, clock } = await capped("[rate]\nposts_per_hour = 2");
    expect((await submit("one")).action).toBe("label");
    clock.now += 600_000;
    expect((await submit("two")).action).toBe("label");
    const third = await submit("three");
    expect(third).toMatchObject({ action: "hold", verdict: { reasons: [{ code: "policy/rate" }, {}] } });
    expect(third.problem?.detail).toContain("it may publish again from 2026-05-05T10:00:00Z");
    clock.now = START + 3_600_000;
    expect((await submit("four")).action).toBe("label");
  });

  it("is not passed by posting at once, nor under other accounts of the same agent", async () => {
    const { submit } = await capped('[[agents]]\nid = "helper"\napps = ["helper-app"]\nposts_per_hour = 3');
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, index) => submit(`post ${index}`)));
    expect(outcomes.filter(({ action }) => action === "label")).toHaveLength(3);
    const behind = await submit("behind a person", ({ post }) => {
      post.author = { id: "lior", handle: "helper", kind: "human" };
      post.client = { app: "helper-app", auth: "token" };
    });
    expect(behind).toMatchObject({ action: "hold", verdict: { reasons: [{ code: "policy/rate" }, {}] } });
  });

  it("does not count what was kept back, nor other agents", async () => {
    const { submit } = await capped("[rate]\nposts_per_hour = 1");
    expect((await submit("run `chmod -R 777 /srv`")).action).toBe("hold");
    expect(
      (await submit("one", ({ post }) => Object.assign(post, { author: { id: "other", handle: "helper", kind: "agent" } }))).action,
    ).toBe("label");
    expect((await submit("one")).action).toBe("label");
    expect((await submit("two")).action).toBe("hold");
  });
});

it("logs what a trial of stricter rules would have found, and acts on nothing", async () => {
  const { submit, logged } = await capped("trial_strictness = 3");
  expect(await submit("Run `xattr -cr App.app` first.")).toMatchObject({ action: "label", verdict: { findings: [] } });
  expect(logged.filter(({ event }) => event === "trial/found")).toEqual([
    expect.objectContaining({ rules: "shell/macos-quarantine-off", action: "label", wouldBe: "hold" }),
  ]);
  expect(JSON.stringify(logged)).not.toContain("App.app");
});
