import { createServer } from "node:net";
import pg from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { append } from "../audit/chain.js";
import { agentPost, BAD, humanPost, openGate, type TestGate } from "../testing/gate.js";
import { ownKey, sharedCluster } from "../testing/stores.js";
import { Listener } from "./listen.js";
import { openPostgres } from "./postgres.js";
import { explain } from "./postgres-errors.js";

const cluster = sharedCluster();
const SECRET = "sesam-oeffne-dich";

async function refused(config: Parameters<typeof openPostgres>[0]) {
  const error: Error & { cause?: unknown } = await openPostgres(config).then(
    () => new Error("it was opened"),
    (reason) => reason,
  );
  const said = [error.message, error.stack, JSON.stringify(error), String(error.cause), JSON.stringify(error.cause)].join("\n");
  expect(said).not.toContain(SECRET);
  expect(error.name).toBe("StoreError");
  return error.message;
}

describe("a database that cannot be used", () => {
  it("is told when the password is wrong", async () => {
    expect(await refused(cluster().url("postgres", "keeper", SECRET))).toBe(
      "PostgreSQL at `127.0.0.1` refuses the user `keeper`: correct user and password in `store`, or pg_hba.conf",
    );
  });

  it("is told when nobody answers", async () => {
    const closed = await new Promise<number>((resolve) => {
      const server = createServer().listen(0, "127.0.0.1", () => {
        const address = server.address();
        server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
      });
    });
    expect(await refused(`postgres://keeper:${SECRET}@127.0.0.1:${closed}/forum`)).toBe(
      `PostgreSQL at \`127.0.0.1:${closed}\` does not answer: start it, or correct host and port in \`store\``,
    );
    expect(await refused(`postgres://keeper:${SECRET}@nowhere.invalid/forum`)).toContain("`nowhere.invalid:5432` does not answer");
  });

  it("is told when there is no such database", async () => {
    const message = await refused(cluster().url("nothing"));
    expect(message).toBe("there is no database `nothing`: create it (`createdb --owner keeper nothing`), or name another");
  });

  it("is told when it may not be written", async () => {
    await cluster().run(`create role reader login password '${SECRET}'`);
    const name = new URL(await cluster().database()).pathname.slice(1);
    expect(await refused(cluster().url(name, "reader", SECRET))).toContain(`\`reader\` may not make tables in \`${name}\``);
    await cluster().run(`alter database ${name} set default_transaction_read_only = on`);
    expect(await refused(cluster().url(name))).toContain("is read-only, a standby perhaps: name the primary");
  });

  it("is told when the address cannot be read, which is not repeated", async () => {
    expect(await refused(`postgres://keeper:${SECRET}@[::1/forum`)).toContain("is no address of PostgreSQL");
  });

  it.each([
    ["53100", "disk of PostgreSQL at `db` is full"],
    ["53300", "no connection left"],
    ["55P03", "took too long"],
  ])("is told for the code %s", (code, message) => {
    const place = { host: "db", port: 5432, database: "forum", user: "keeper" };
    expect(explain(Object.assign(new Error("x"), { code }), place)).toMatchObject({
      name: "StoreError",
      message: expect.stringContaining(message),
    });
  });

  it("leaves an error nobody has words for as it is", () => {
    const error = new Error("x");
    expect(explain(error, { host: "", port: 1, database: "", user: "" })).toBe(error);
  });
});

describe("a server that goes away", () => {
  it("fails the posts of that moment to held or published unrecorded, and is found again", async () => {
    const { gate, logged } = await openGate(await cluster().database(), await ownKey());
    onTestFinished(() => gate.close());
    const before = await gate.submit(agentPost(BAD, true));
    await cluster().restart(async () => {
      await expect(gate.submit(agentPost(`${BAD} 2`, true))).rejects.toMatchObject({ problem: { status: 503 } });
      expect(await gate.submit(humanPost("hello"))).toMatchObject({ action: "publish" });
      expect(await gate.submit(humanPost(BAD))).toMatchObject({ action: "publish", undecided: "undecided/store" });
    });
    expect((await gate.submit(agentPost(`${BAD} 2`, true))).action).toBe("hold");
    expect((await gate.review.get(before.postId)).state).toBe("held");
    expect(await gate.audit.verify()).toMatchObject({ ok: true });
    expect(JSON.stringify(logged)).toContain("store/failed");
  });

  it("ends a transaction that was under way, whole", async () => {
    const store = await openPostgres(await cluster().database());
    onTestFinished(() => store.close());
    const begun = store.db.transaction().execute(async (queries) => {
      await queries.insertInto("nonces").values({ id: "n", keyid: "k", until: "u" }).execute();
      await cluster().restart();
      await queries.insertInto("nonces").values({ id: "m", keyid: "k", until: "u" }).execute();
    });
    await expect(begun).rejects.toThrow();
    expect(await store.db.selectFrom("nonces").selectAll().execute()).toEqual([]);
  });
});

describe("what other processes commit", () => {
  const event = { at: "2026-05-05T09:00:00.000Z", actor: "mira", action: "claimed", postId: "p1" };

  async function heard(listen: (ring: () => void) => void, act: () => Promise<void>): Promise<void> {
    const rung = new Promise<void>((resolve) => listen(resolve));
    await act();
    return rung;
  }

  it("is heard of when it is committed", async () => {
    const url = await cluster().database();
    const [here, there] = [await openPostgres(url), await openPostgres(url)];
    onTestFinished(async () => {
      await here.close();
      await there.close();
    });
    let rings = 0;
    await heard(
      (ring) =>
        here.listen?.(() => {
          rings += 1;
          ring();
        }),
      async () => undefined,
    );
    const before = rings;
    await there.db.transaction().execute((queries) => append(queries, [event]));
    await expect.poll(() => rings).toBeGreaterThan(before);
  });

  it("is found by looking where nobody can listen", async () => {
    const store = await openPostgres(await cluster().database());
    const listener = new Listener(() => new pg.Client({ host: "127.0.0.1", port: 1 }), store.db, 20);
    onTestFinished(async () => {
      await listener.close();
      await store.close();
    });
    await heard(
      (ring) => listener.start(ring),
      () => store.db.transaction().execute((queries) => append(queries, [event])),
    );
  });
});

describe("a gate on PostgreSQL", () => {
  it("says that it needs a key", async () => {
    await expect(openGate(await cluster().database())).rejects.toThrow("pass `signingKey`, a private Ed25519 JWK");
  });

  it("hands a post over once, though two try at the same time", async () => {
    const key = await ownKey();
    const store = await cluster().database();
    const gates = [await openGate(store, { ...key, undoMs: 0 }), await openGate(store, { ...key, undoMs: 0 })];
    onTestFinished(async () => {
      for (const { gate } of gates) await gate.close();
    });
    const [one, other] = gates as [TestGate, TestGate];
    for (let index = 0; index < 10; index++) {
      const { postId, contentHash } = await one.gate.submit(agentPost(`${BAD} ${index}`, true));
      await other.gate.review.decide("approve", postId, { id: "mira", name: "Mira", role: "moderator" }, { contentHash, version: 1 });
      await Promise.all(gates.map(({ gate }) => gate.outbox.drain()));
    }
    await Promise.all(gates.map(({ gate }) => gate.outbox.drain()));
    const ids = [...one.published, ...other.published].map(({ id }) => id);
    expect(ids).toHaveLength(10);
    expect(new Set(ids).size).toBe(10);
  });
});
