// The engine in Node answers with the same bytes as the core compiled natively, loaded either way.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Engine, loadEngine, type Submission } from "countersign";
import { expect, test } from "vitest";
import { recorded } from "./replay.js";

/** The verdict, or the complaint of an engine that cannot read the submission. */
function verdictOf(engine: Engine, submission: Submission) {
  const answer = engine.check(submission);
  return "verdict" in answer ? answer.verdict : undefined;
}

type Loader = typeof loadEngine;
const commonJs = createRequire(import.meta.url)("../../dist/engine/node.cjs") as { loadEngine: Loader };

test.each([
  ["ES module", loadEngine],
  ["CommonJS", commonJs.loadEngine],
])("%s: every case has the recorded bytes", async (_name, load) => {
  const cases = recorded();
  expect(cases.length).toBeGreaterThanOrEqual(50);
  for (const { name, policy, submission, verdict } of cases) {
    const engine = await load({ policy });
    expect({ name, verdict: JSON.stringify(verdictOf(engine, submission)) }).toEqual({ name, verdict });
  }
});

test("a lone surrogate is read as a lost character: held, not guessed", async () => {
  const engine = await loadEngine();
  const lone = recorded().find((item) => item.name === "hostile/a lost character is not guessed");
  expect(lone).toBeDefined();
  if (!lone) return;
  const submission = { ...lone.submission, post: { ...lone.submission.post, body: "ch\ud800mod 777 /srv" } };
  expect(verdictOf(engine, submission)?.action).toBe("hold");
});

test.each([
  [{}, "the submission lacks `post`: add it"],
  [null, "the submission must be an object with `post` and `now`"],
  [{ post: { body: 3, author: { id: "x" } }, now: "" }, "`post.body` must be a string"],
  [{ post: { body: "", author: {} }, now: "" }, "`post.author` lacks `id`: add it"],
  [
    { post: { body: "", author: { id: "x", kind: "robot" } }, now: "" },
    "`post.author.kind` must be one of `human`, `agent`, `service`, `unknown`",
  ],
  [
    { post: { body: "", author: { id: "x" }, composition: { ms: -1 } }, now: "" },
    "`post.composition.ms` must be a whole number from 0 to 4294967295",
  ],
  [{ post: { body: "", author: { id: "x" } }, thread: { id: "t", posts: {} }, now: "" }, "`thread.posts` must be a list"],
])("a malformed submission %j is answered, not thrown", async (submission, error) => {
  const engine = await loadEngine();
  expect(engine.check(submission as never)).toEqual({ error });
});

test("a wrong policy says where", async () => {
  await expect(loadEngine({ policy: "\nstrictnes = 2" })).rejects.toThrow("line 2: unknown key `strictnes`, did you mean `strictness`?");
});

test("the generated types are the published contract", async () => {
  const types = readFileSync("dist/engine/countersign.d.ts", "utf8");
  const shapes = types.slice(0, types.indexOf("export type InitInput"));
  await expect(shapes).toMatchFileSnapshot("wire.snapshot.d.ts");
});

const OWN_RULE = `[[rule]]
id = "ours/permhub-everyone"
title = "Everyone added in PermHub"
category = "internal"
direction = "widens"
severity = "high"
why = "would let everyone in"
safer = "add the team that needs it"
references = ["https://wiki.example/permhub"]
command = { program = "permhub", words = "add everyone" }
matches = ["permhub add everyone vault", "permhub add everyone --role viewer wiki"]
ignores = ["permhub list everyone", "permhub add kemi vault"]
`;

test("an organisation's own rules count beside the shipped ones", async () => {
  const engine = await loadEngine({ rules: [{ name: "ours.toml", toml: OWN_RULE }] });
  const post = { body: "Run `permhub add everyone vault`.", author: { id: "helper", kind: "agent" } } as const;
  const answer = engine.check({ post, now: "2026-05-05T09:00:00Z" });
  expect("verdict" in answer && answer.verdict.findings.map((finding) => finding.rule)).toEqual(["ours/permhub-everyone"]);
  expect(engine.rules().length).toBeGreaterThan(40);
  expect(engine.version().pack).not.toBe((await loadEngine()).version().pack);
});

test.each([
  ["an unknown key", OWN_RULE.replace("category", "categorie"), "`ours.toml`, rule `ours/permhub-everyone`"],
  ["an example that fails", OWN_RULE.replace('"permhub list everyone"', '"permhub add everyone x"'), "key `ignores`"],
  ["no TOML at all", "[[rule", "`ours.toml`"],
])("a broken rule file with %s is refused by file, rule and key", async (_name, toml, message) => {
  await expect(loadEngine({ rules: [{ name: "ours.toml", toml }] })).rejects.toThrow(message);
});
