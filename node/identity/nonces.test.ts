import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openSqlite } from "../store/sqlite.js";
import { folder } from "../testing/gate.js";
import { storedNonces } from "./nonces.js";

const start = Date.parse("2026-05-05T09:00:00Z");
const until = new Date(start + 60_000);

async function opened(file: string, most?: number) {
  const store = await openSqlite(file);
  let clock = start;
  const nonces = storedNonces({ db: store.db, now: () => new Date(clock) }, most);
  return {
    use: (nonce: string, keyid = "key") => nonces.use({ keyid, nonce, until }),
    pass: (ms: number) => {
      clock += ms;
    },
    kept: async () => (await store.db.selectFrom("nonces").selectAll().execute()).length,
    close: () => store.close(),
  };
}

describe("a nonce", () => {
  it("is fresh once for each key, however many ask at once", async () => {
    const { use, close } = await opened(join(folder(), "gate.db"));
    onTestFinished(close);
    const answers = await Promise.all(Array.from({ length: 50 }, () => use("n")));
    expect(answers.filter((answer) => answer === "fresh")).toHaveLength(1);
    expect(await use("n", "another key")).toBe("fresh");
    expect(await use("m")).toBe("fresh");
  });

  it("is still used after a restart", async () => {
    const file = join(folder(), "gate.db");
    const first = await opened(file);
    await first.use("n");
    await first.close();
    const second = await opened(file);
    onTestFinished(second.close);
    expect(await second.use("n")).toBe("used");
  });

  it("is forgotten when its signature has expired, and never kept in plain words", async () => {
    const { use, pass, kept, close } = await opened(join(folder(), "gate.db"));
    onTestFinished(close);
    await use("n");
    pass(60_001);
    await use("m");
    expect(await kept()).toBe(1);
  });

  it("is refused when its key has too many in use; other keys are not", async () => {
    const { use, pass, close } = await opened(join(folder(), "gate.db"), 3);
    onTestFinished(close);
    expect([await use("1"), await use("2"), await use("3"), await use("4")]).toEqual(["fresh", "fresh", "fresh", "full"]);
    expect(await use("1", "another key")).toBe("fresh");
    pass(60_001);
    expect(await use("4")).toBe("fresh");
  });
});
