import { describe, expect, it, onTestFinished } from "vitest";
import { intake } from "../gate/intake.js";
import { agentPost, engine } from "../testing/gate.js";
import { EnginePool, type PoolOptions } from "./pool.js";
import type { Judgement } from "./source.js";

const submission = (body: string) => intake(agentPost(body, true), new Date()).submission;
const code = (judgement: Judgement) => ("undecided" in judgement ? judgement.undecided : "decided");

async function pool(options: Partial<PoolOptions> = {}) {
  const started = await EnginePool.start({ source: engine, deadlineMs: 500, size: 1, log: { log: () => undefined }, ...options });
  onTestFinished(() => started.close());
  return started;
}

describe("the engine's workers", () => {
  it("answer in bounded time and go on after a hang, a trap and an exit", async () => {
    const engines = await pool();
    for (const [body, expected] of [
      ["HANG", "undecided/deadline"],
      ["fine", "decided"],
      ["TRAP", "undecided/trap"],
      ["fine", "decided"],
      ["EXIT", "undecided/trap"],
      ["fine", "decided"],
    ] as const) {
      expect(code(await engines.check(submission(body)))).toBe(expected);
    }
  });

  it("turn away what does not fit the queue and answer the rest", async () => {
    const engines = await pool({ queue: 3 });
    const answers = await Promise.all(Array.from({ length: 8 }, () => engines.check(submission("SLOW"))));
    expect(answers.map(code)).toEqual([...Array(4).fill("decided"), ...Array(4).fill("undecided/overload")]);
  });

  it("answer undecided while the engine cannot start", async () => {
    const engines = await pool({ setup: { policy: "die" } });
    expect(code(await engines.check(submission("fine")))).toBe("undecided/engine");
    expect(engines.version).toBeNull();
  });

  it("pass on what the engine says about the policy, and a module that is not there", async () => {
    await expect(pool({ setup: { policy: "strictnes = 1" } })).rejects.toThrow("did you mean `strictness`?");
    await expect(pool({ source: { module: "file:///nowhere/engine.mjs" } })).rejects.toThrow("nowhere");
  });

  it("answer what still waits when they are closed", async () => {
    const engines = await pool();
    const waiting = [engines.check(submission("HANG")), engines.check(submission("fine"))];
    await engines.close();
    expect((await Promise.all(waiting)).map(code)).toEqual(["undecided/engine", "undecided/engine"]);
    expect(code(await engines.check(submission("fine")))).toBe("undecided/engine");
  });
});
