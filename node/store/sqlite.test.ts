import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { agentPost, BAD, folder, testGate } from "../testing/gate.js";
import { openSqlite } from "./sqlite.js";

const forum = fileURLToPath(new URL("../testing/stream.mjs", import.meta.url));

describe("a killed process", () => {
  it.each([1, 7, 40])("loses no hold it acknowledged, killed after %i", async (count) => {
    const store = join(folder(), "gate.db");
    const child = spawn(process.execPath, [forum, store], { stdio: ["ignore", "pipe", "inherit"] });
    const acknowledged: string[] = [];
    for await (const id of createInterface({ input: child.stdout })) {
      acknowledged.push(id);
      if (acknowledged.length === count) child.kill("SIGKILL");
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    expect(child.signalCode).toBe("SIGKILL");
    const { gate } = await testGate({ store });
    for (const id of acknowledged) expect((await gate.review.get(id)).state).toBe("blocked");
    expect(await gate.audit.verify()).toMatchObject({ ok: true });
  });
});

describe("a second process", () => {
  it("is told that another owns the database, and disturbs nothing", async () => {
    const { gate, store } = await testGate();
    const { postId } = await gate.submit(agentPost(BAD, true));
    const second = spawnSync(process.execPath, [forum, store, "once"], { encoding: "utf8" });
    expect(second.status).toBe(3);
    expect(second.stderr).toContain(`another process owns \`${store}\`: stop that process, or give this one its own file`);
    expect((await gate.review.get(postId)).state).toBe("held");
    expect((await gate.submit(agentPost("next", true))).action).toBe("label");
  });

  it("may own it once the first has let go", async () => {
    const { gate, store } = await testGate();
    await gate.close();
    expect(spawnSync(process.execPath, [forum, store, "once"], { encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("a database that cannot be used", () => {
  it("is named when it is no database", async () => {
    const path = join(folder(), "gate.db");
    writeFileSync(path, "this is a text file, and a rather long one at that, so that it has a whole header".repeat(100));
    await expect(openSqlite(path)).rejects.toThrow(`\`${path}\` is damaged or is no Countersign database: restore it from a backup`);
  });

  it("is named when it is damaged", async () => {
    const { gate, store } = await testGate();
    for (let index = 0; index < 20; index++) await gate.submit(agentPost(`${BAD} ${index}`, true));
    await gate.close();
    const torn = join(folder(), "torn.db");
    copyFileSync(store, torn);
    truncateSync(torn, 5_000);
    await expect(openSqlite(torn)).rejects.toThrow("is damaged");
    expect(existsSync(torn)).toBe(true);
  });

  it("is named when its folder cannot be made or it is a folder", async () => {
    const base = folder();
    writeFileSync(join(base, "file"), "");
    await expect(openSqlite(join(base, "file", "gate.db"))).rejects.toThrow("give this user read and write access");
    mkdirSync(join(base, "gate.db"));
    await expect(openSqlite(join(base, "gate.db"))).rejects.toThrow("give this user read and write access");
  });
});
