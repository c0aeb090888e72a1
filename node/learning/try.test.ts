import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Problem, TryResult } from "../api/schema.js";
import { SHIPPED } from "../engine/source.js";
import { folder, sharedGate, type TestGate, testGate } from "../testing/gate.js";
import { api } from "../testing/http.js";

const shipped = { engine: SHIPPED, deadlineMs: 10_000 };
const tried = (test: TestGate, body: object, user = "mira") => api<TryResult & Problem>(test, user, "POST", "try", body);

const RULE = (matches: string) => `
category = "ours"
references = ["https://wiki.example/rules"]

[[rule]]
id = "ours/openhouse"
title = "Opens the house"
direction = "widens"
severity = "high"
why = "lets everyone in"
safer = "invite one by one"
command = { program = "openhouse", words = "everyone" }
matches = [${JSON.stringify(matches)}, "openhouse  everyone"]
ignores = ["openhouse dana", "openhouse --help"]
`;

describe("trying a text", () => {
  let test: TestGate;
  beforeAll(() => sharedGate((shared) => (test = shared), shipped));

  it("says what the gate would make of it, as which author", async () => {
    const verdict = async (kind: string, body: string) => (await tried(test, { kind, body })).json.verdict?.action;
    expect(await verdict("agent", "Run `chmod -R 777 /srv/app`.")).toBe("hold");
    expect(await verdict("human", "Run `chmod -R 777 /srv/app`.")).toBe("flag");
    expect(await verdict("agent", "Exit 137 means out of memory.")).toBe("label");
  });

  it("leaves no trace", async () => {
    const before = await test.gate.audit.list();
    await tried(test, { body: "Run `chmod -R 777 /srv/app`." });
    expect([await test.gate.audit.list(), (await test.gate.review.list({ state: "all" })).items]).toEqual([before, []]);
  });

  it("takes a rule of one's own, when its examples hold", async () => {
    const body = "Run `openhouse everyone` on the host.";
    expect((await tried(test, { body })).json.verdict).toMatchObject({ findings: [] });
    const { json } = await tried(test, { body, rule: RULE("openhouse everyone") });
    expect(json).toMatchObject({ refused: null, verdict: { action: "hold", findings: [{ rule: "ours/openhouse" }] } });
    expect((await tried(test, { body, rule: RULE("closehouse") })).json).toEqual({
      verdict: null,
      refused: expect.stringContaining("ours/openhouse"),
    });
    expect((await tried(test, { body, rule: "[[rule" })).json.refused).toContain("your rule");
  });

  it("is refused to auditors, and when it is too long", async () => {
    expect((await tried(test, { body: "x" }, "audra")).status).toBe(403);
    expect((await tried(test, { body: "x".repeat(100_001) })).status).toBe(400);
    expect((await tried(test, { body: "x".repeat(1_000_001) })).status).toBe(413);
  });
});

describe("a trial", () => {
  it("ends at its deadline and disturbs nobody", async () => {
    const test = await testGate({ deadlineMs: 300 });
    expect((await tried(test, { body: "HANG" })).json.refused).toContain("took too long");
    expect((await tried(test, { body: "TRAP" })).json.refused).toContain("failed");
    expect(await test.gate.health()).toMatchObject({ ok: true });
    expect(test.logged.filter(({ event }) => event === "engine/replaced")).toEqual([]);
  });

  it("goes by the forum's own rules, and says what is wrong with them", async () => {
    const rulesFolder = join(folder(), "rules");
    mkdirSync(rulesFolder);
    writeFileSync(join(rulesFolder, "ours.toml"), RULE("openhouse everyone"));
    const test = await testGate({ ...shipped, rulesFolder });
    expect((await tried(test, { body: "Run `openhouse everyone`." })).json.verdict?.action).toBe("hold");
    writeFileSync(join(rulesFolder, "ours.toml"), RULE("closehouse"));
    expect((await tried(test, { body: "x" })).json.refused).toContain("ours.toml");
  });

  it("is one of few", async () => {
    const test = await testGate();
    const busy = await Promise.all([1, 2, 3, 4].map(() => tried(test, { body: "SLOW" })));
    expect(busy.map(({ status }) => status).sort()).toEqual([200, 200, 429, 429]);
    const answers = [];
    for (let index = 0; index < 40; index++) answers.push((await tried(test, {})).status);
    expect(new Set(answers)).toEqual(new Set([400]));
    for (let index = 0; index < 4; index++)
      answers.push((await api(test, "milo", "POST", "policy/dry-run", { policy: "", days: 1 })).status);
    expect(answers.slice(-4)).toEqual([200, 200, 200, 200]);
    expect(await api(test, "milo", "POST", "try", { body: "x" })).toMatchObject({
      status: 429,
      json: { detail: expect.stringContaining("wait a minute") },
    });
  });
});
