import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SHIPPED } from "../engine/source.js";
import { agentPost, folder, testGate } from "../testing/gate.js";

const shipped = { engine: SHIPPED, deadlineMs: 10_000 };
const STOP = "[kill_switch]\nall_agents = true\n";
const asked = (body: string) => {
  const post = agentPost(body, true);
  post.thread.posts = post.thread.posts?.map((said) => ({ ...said, at: new Date().toISOString() }));
  return post;
};

function policyFile(text = ""): string {
  const file = join(folder(), "policy.toml");
  writeFileSync(file, text);
  return file;
}

describe("a changed policy file", () => {
  it("counts for the next post: the kill switch stops it, and lets the one after it go", async () => {
    const file = policyFile();
    const { gate } = await testGate({ ...shipped, policyFile: file });
    const before = await gate.health();
    expect(await gate.submit(asked("first"))).toMatchObject({ action: "label" });
    writeFileSync(file, STOP);
    expect(await gate.submit(asked("second"))).toMatchObject({ action: "block", verdict: { reasons: [{ code: "policy/stopped" }, {}] } });
    // Editors replace a file instead of writing into it.
    writeFileSync(`${file}.new`, `${STOP.replace("true", "false")}# again`);
    renameSync(`${file}.new`, file);
    expect(await gate.submit(asked("third"))).toMatchObject({ action: "label" });
    expect((await gate.health()).engine?.policy).not.toBe(before.engine?.policy);
  });

  it("stops one agent that is paused in the registry", async () => {
    const file = policyFile();
    const { gate } = await testGate({ ...shipped, policyFile: file });
    writeFileSync(file, '[[agents]]\nid = "helper"\npaused = true\n');
    expect(await gate.submit(asked("x"))).toMatchObject({ action: "block" });
  });

  it.each([
    ["names an unknown key", "strictnes = 2\n", "line 1: unknown key `strictnes`, did you mean `strictness`?"],
    ["is empty, perhaps half written", "\n", "empty"],
    ["takes a person for an agent, the canary's asker", '[[agents]]\nid = "canary-human"\n', "known-bad"],
  ])("that %s is refused, and the last good one stays", async (_name, text, why) => {
    const file = policyFile(STOP);
    const { gate, logged } = await testGate({ ...shipped, policyFile: file });
    const { engine } = await gate.health();
    writeFileSync(file, text);
    expect(await gate.submit(asked("x"))).toMatchObject({ action: "block" });
    const health = await gate.health();
    expect(health).toMatchObject({ ok: true, engine, refused: { error: expect.stringContaining(why), at: expect.any(String) } });
    expect(logged.filter(({ event }) => event === "policy/refused")).toHaveLength(1);
    writeFileSync(file, "# mended\n");
    expect(await gate.submit(asked("y"))).toMatchObject({ action: "label" });
    expect(await gate.health()).not.toHaveProperty("refused");
  });

  it("that is gone is refused", async () => {
    const file = policyFile(STOP);
    const { gate } = await testGate({ policyFile: file });
    rmSync(file);
    expect(await gate.health()).toMatchObject({ ok: true, refused: { error: expect.stringContaining("cannot read the policy") } });
  });
});

describe("a reload", () => {
  it("drops no post that was on its way", async () => {
    const { gate } = await testGate({ workers: 2 });
    const posts = Array.from({ length: 12 }, (_, index) => {
      const post = asked(`SLOW ${index}`);
      post.post.author = { id: `helper-${index}`, handle: "helper", kind: "agent" };
      return gate.submit(post);
    });
    expect(await Promise.all([gate.reload(), gate.reload()])).toEqual([
      expect.objectContaining({ ok: true }),
      expect.objectContaining({ ok: true }),
    ]);
    expect((await Promise.all(posts)).map(({ action }) => action)).toEqual(Array(12).fill("label"));
    expect(await gate.submit(asked("after"))).toMatchObject({ action: "label" });
  });

  it("reads the organisation's rules again", async () => {
    const rulesFolder = folder();
    const { gate } = await testGate({ ...shipped, rulesFolder });
    writeFileSync(join(rulesFolder, "ours.toml"), "[[rule]]\n");
    expect(await gate.reload()).toMatchObject({ ok: false, error: expect.stringContaining("ours.toml") });
    expect(await gate.submit(asked("x"))).toMatchObject({ action: "label" });
  });
});
