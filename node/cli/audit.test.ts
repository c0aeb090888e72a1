/**
 * Audit and receipts on the command line, as an auditor uses them who has files and no gate.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { describe, expect, it, vi } from "vitest";
import { openSqlite } from "../store/sqlite.js";
import { agentPost, BAD, folder, people, type TestGate, testGate } from "../testing/gate.js";
import { auditCommands } from "./audit.js";
import { receiptCommands } from "./receipt.js";

/** Runs a command in this process, as `main.ts` does. */
async function run(...args: string[]) {
  const answer = { status: 0, stdout: "", stderr: "" };
  const take = (text: unknown) => {
    answer.stdout += `${text}`;
    return true;
  };
  const spies = [
    vi.spyOn(console, "log").mockImplementation((text) => void take(`${text}\n`)),
    vi.spyOn(process.stdout, "write").mockImplementation(take),
  ];
  const command = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  const done = (code: number) => {
    answer.status = code;
  };
  auditCommands(command, done);
  receiptCommands(command, done);
  try {
    await command.parseAsync(args, { from: "user" });
  } catch (error) {
    Object.assign(answer, { status: 2, stderr: String(error) });
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return answer;
}

const get = async ({ gate }: TestGate, path: string, user = "audra") =>
  (await gate.fetch(new Request(`http://forum.test/countersign${path}`, { headers: { "x-user": user } }))).text();

const mira = people.mira ?? { id: "mira", name: "Mira", role: "moderator" };

/** A decided and a taken-back post, and everything an auditor gets of them. */
async function evidence() {
  const test = await testGate({ undoMs: 60_000 });
  const path = folder();
  const file = (name: string, text: string) => {
    writeFileSync(join(path, name), text);
    return join(path, name);
  };
  const decide = async (body: string, step: "approve" | "undo", id?: string) => {
    const postId = id ?? (await test.gate.submit(agentPost(body, true))).postId;
    const { contentHash, version } = await test.gate.review.get(postId);
    return { postId, after: await test.gate.review.decide(step, postId, mira, { contentHash, version }) };
  };
  const standing = await decide(BAD, "approve");
  const taken = await decide(`${BAD} again`, "approve");
  await decide("", "undo", taken.postId);
  const keys = file("jwks.json", await get(test, "/.well-known/jwks.json", ""));
  const checkpoint = file("checkpoint", await get(test, "/api/v1/audit/checkpoint"));
  const log = file("audit.jsonl", await get(test, "/api/v1/audit/export"));
  await test.gate.close();
  const receipt = (post: typeof taken) => post.after.receipt ?? "";
  return { store: test.store, file, keys, checkpoint, log, standing: receipt(standing), void: receipt(taken), text: file("post.md", BAD) };
}

describe("countersign receipt verify", () => {
  it("says what a receipt proves, and what proves nothing", async () => {
    const { standing, keys, text, log, file, ...more } = await evidence();
    const receipt = file("receipt", `${standing}\n`);
    const verify = (...args: string[]) => run("receipt", "verify", ...args);
    expect(await verify(receipt, "--keys", keys, "--content", text, "--log", log)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^the receipt holds: `mira` approved the post `.+` at /),
    });
    expect((await verify(standing, "--keys", keys)).stdout).toContain("only the log can say");
    const post = file("post.json", JSON.stringify(agentPost(BAD, true)));
    expect((await verify(receipt, "--keys", keys, "--content", post)).status).toBe(0);

    const changed = file("changed.md", `${BAD} `);
    expect(await verify(receipt, "--keys", keys, "--content", changed)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("for another text"),
    });
    const another = file(
      "another.json",
      JSON.stringify({ keys: [{ kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", kid: "x" }] }),
    );
    expect(await verify(receipt, "--keys", another)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("none of these keys signed it"),
    });
    const forged = `${standing.slice(0, -4)}${standing.endsWith("AAAA") ? "BBBB" : "AAAA"}`;
    expect(await verify(forged, "--keys", keys)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("changed after it was signed"),
    });

    expect((await verify(more.void, "--keys", keys)).status).toBe(0);
    expect(await verify(more.void, "--keys", keys, "--log", log)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("void: `mira` took the decision back"),
    });
    expect(await verify(receipt, "--keys", text)).toMatchObject({ status: 2, stderr: expect.stringContaining("no set of keys") });
  });
});

describe("countersign audit", () => {
  it("verifies a store and an export, with the checkpoint that notices a cut", async () => {
    const { store, keys, checkpoint, log, file } = await evidence();
    const anchored = ["--checkpoint", checkpoint, "--keys", keys];
    for (const place of [store, log])
      expect(await run("audit", "verify", place, ...anchored)).toMatchObject({
        status: 0,
        stdout: expect.stringContaining("as 1 signed checkpoint says"),
      });
    expect(await run("audit", "verify", store, "--checkpoint", checkpoint)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("needs `--keys`"),
    });

    const exported = await run("audit", "export", store, "--format", "jsonl");
    expect(exported.status).toBe(0);
    const lines = exported.stdout.trim().split("\n");
    expect(lines).toHaveLength(7);
    const cut = file("cut.jsonl", lines.slice(0, -2).join("\n"));
    expect((await run("audit", "verify", cut)).status).toBe(0);
    expect(await run("audit", "verify", cut, ...anchored)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("broken at entry 6"),
    });
    const part = file("part.jsonl", lines.slice(3).join("\n"));
    expect(await run("audit", "verify", part)).toMatchObject({ status: 0, stdout: expect.stringContaining("all 4 entries hold") });
    expect((await run("audit", "verify", part, ...anchored)).status).toBe(0);
    const [first = "", ...rest] = lines;
    const changed = file("changed.jsonl", [first.replace('"helper"', '"hjelper"'), ...rest].join("\n"));
    expect(await run("audit", "verify", changed)).toMatchObject({ status: 1, stdout: expect.stringContaining("entry 1 was changed") });
    expect(await run("audit", "verify", file("junk.jsonl", "{}"))).toMatchObject({ status: 2, stderr: expect.stringContaining("line 1") });
  });

  it("names the first entry of a store that does not hold, and signs a checkpoint with the key beside it", async () => {
    const { store, keys, file } = await evidence();
    const signed = await run("audit", "checkpoint", store);
    expect(signed.status).toBe(0);
    const opened = await openSqlite(store);
    await opened.db.deleteFrom("audit").where("seq", ">", 6).execute();
    await opened.close();
    expect((await run("audit", "verify", store)).status).toBe(0);
    const answer = await run("audit", "verify", store, "--checkpoint", file("mine", signed.stdout), "--keys", keys);
    expect(answer).toMatchObject({ status: 1, stdout: expect.stringContaining("broken at entry 7") });
    expect(await run("audit", "export", store, "--since", "yesterday")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("no time"),
    });
    expect((await run("audit", "export", store, "--format", "csv")).status).not.toBe(0);
  });
});
