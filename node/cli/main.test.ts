import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { agentPost, BAD, folder, testGate } from "../testing/gate.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const bin = join(root, "bin/countersign.mjs");
const run = (args: string[], input = "", file = bin) => spawnSync(process.execPath, [file, ...args], { encoding: "utf8", input });

describe("countersign", () => {
  it("checks lines and says which could not be read", () => {
    const { stdout, stderr, status } = run(["check", "--jsonl"], '{"id":"a","text":"hello"}\n{"id":"b"}\n');
    const [first, second] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(first).toMatchObject({ id: "a", verdict: { contentHash: expect.stringMatching(/^sha256-/) } });
    expect(second).toMatchObject({ id: "b", error: expect.stringContaining("post") });
    expect([status, stderr]).toEqual([2, expect.stringContaining("line 2")]);
  });

  it("names a file or a policy it cannot read", () => {
    expect(run(["check", "/nowhere.md"])).toMatchObject({ status: 2, stderr: expect.stringContaining("cannot read `/nowhere.md`") });
    const policy = join(folder(), "policy.toml");
    writeFileSync(policy, "strictnes = 2\n");
    expect(run(["policy", "check", policy])).toMatchObject({ status: 2, stderr: expect.stringContaining("did you mean `strictness`") });
  });

  it("says by line, key and nearest key what is wrong with a policy", () => {
    const policy = join(folder(), "policy.toml");
    const said: [string, string][] = [
      ["\n[agent]\nfindin = 'hold'", "line 3: unknown key `findin`, did you mean `finding`?"],
      ["[[allow]]\nrule = 'shell/chmod'", "line 1: allow entry: say where it is fine"],
      ["[rate]\nposts_per_day = 0", "line 2: `posts_per_day` is `0`"],
    ];
    for (const [toml, message] of said) {
      writeFileSync(policy, toml);
      expect(run(["policy", "check", policy])).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining(message) });
    }
    writeFileSync(policy, "[agent]\nfinding = 'block'");
    expect(run(["policy", "check", policy])).toMatchObject({ status: 0, stdout: expect.stringContaining("the policy is valid") });
  });

  it("explains which line of which file decided a submission", () => {
    const policy = join(folder(), "forum.toml");
    writeFileSync(policy, '[agent]\n\nunrequested = "hold"\n');
    const post = { body: "my analysis\u001b[2J", author: { id: "helper", kind: "agent" } };
    const asked = run(["policy", "explain", "--policy", policy, "-"], JSON.stringify({ post }));
    expect(asked).toMatchObject({ status: 0, stderr: "" });
    expect(asked.stdout).toMatch(/^hold: /);
    expect(asked.stdout).toContain(`${policy}:3  agent.unrequested = "hold"`);
    expect(asked.stdout).toMatch(/applies too: written by an agent\n {4}default policy:\d+ {2}agent\.otherwise = "label"/);
    expect(asked.stdout).toContain("does not apply: nothing it advises changes permissions");
    expect(run(["policy", "explain", "-"], JSON.stringify({ post })).stdout).toMatch(
      /^block: .*\n.*\n {4}default policy:\d+ {2}agent\.unrequested/,
    );
    expect(run(["policy", "explain", "-"], "{")).toMatchObject({ status: 2, stderr: expect.stringContaining("not a submission") });
    expect(run(["policy", "explain", "-"], "{}")).toMatchObject({ status: 2, stderr: expect.stringContaining("lacks `post`") });
  });

  it("verifies a gate's audit log", async () => {
    const { gate, store } = await testGate();
    await gate.submit(agentPost(BAD, true));
    await gate.close();
    expect(run(["audit", "verify", store])).toMatchObject({ status: 0, stdout: expect.stringContaining("all 2 entries hold") });
    expect(run(["audit", "verify", "/nowhere.db"])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("there is no `/nowhere.db`"),
    });
  });

  it("says how to build itself when it is not built", () => {
    const bare = folder();
    mkdirSync(join(bare, "bin"));
    cpSync(bin, join(bare, "bin/countersign.mjs"));
    expect(run(["check"], "", join(bare, "bin/countersign.mjs"))).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("run `npm run build`"),
    });
  });
});
