/**
 * Several forum processes on one PostgreSQL, as real processes.
 */
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { folder, openGate } from "../testing/gate.js";
import { Forum, type Said } from "../testing/processes.js";
import { ownKey, sharedCluster } from "../testing/stores.js";

const cluster = sharedCluster();

const isOpen = ({ open }: Said) => open === true;
const isHeld = ({ held }: Said) => held !== undefined;
const answers = (id: string) => (said: Said) => said.id === id && (said.did !== undefined || said.refused !== undefined);

async function forums(count: number) {
  const start = { ...(await ownKey()), store: await cluster().database(), published: join(folder(), "published.jsonl") };
  const list = Array.from({ length: count }, (_, index) => new Forum({ ...start, name: `m${index}` }));
  onTestFinished(async () => {
    for (const forum of list) await forum.kill();
  });
  await Promise.all(list.map((forum) => forum.ask({ do: "open" }, isOpen)));
  const [first, second, third] = list as [Forum, Forum, Forum];
  return { start, list, first, second, third };
}

describe("processes that share a store", () => {
  it("give each post to one moderator, and tell the moderators of all of them", async () => {
    const { list, first } = await forums(3);
    await Promise.all(list.map((forum) => forum.ask({ do: "follow" }, ({ following }) => following === true)));
    for (let index = 0; index < 8; index++) first.tell({ do: "submit" });
    const held = (await first.hears(isHeld, 8)).map(({ held = "" }) => held);
    const answered = await Promise.all(held.flatMap((id) => list.map((forum) => forum.ask({ do: "claim", id }, answers(id)))));
    for (const id of held) {
      const claims = answered.filter((said) => said.id === id);
      expect(claims.filter(({ did }) => did === "claim")).toHaveLength(1);
      for (const { status } of claims.filter(({ refused }) => refused !== undefined)) expect([409, 412]).toContain(status);
    }
    const claimed = ({ event }: Said) => event?.state === "claimed";
    for (const forum of list) {
      const events = await forum.hears(claimed, held.length);
      expect(new Set(events.map(({ event }) => event?.id))).toEqual(new Set(held));
    }
  });

  it("tell of what was committed while the server was away from them", async () => {
    const { first, second } = await forums(2);
    await second.ask({ do: "follow" }, ({ following }) => following === true);
    await cluster().run("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'countersign'");
    const said = await first.ask({ do: "submit" }, ({ held, failed }) => held !== undefined || failed !== undefined);
    const { held } = said.held === undefined ? await first.ask({ do: "submit" }, isHeld) : said;
    await second.hears(({ event }) => event?.id === held);
  });

  it("finish what a killed one had begun", async () => {
    const { start, first, second, third } = await forums(3);
    third.tell({ do: "churn" });
    const [{ id = "" } = {}] = await third.hears(({ did }) => did === "approve");
    await third.kill();
    const approved = third.said.filter(({ did }) => did === "approve").map((said) => said.id);
    const { held = "" } = await first.ask({ do: "submit" }, isHeld);
    expect(await second.ask({ do: "claim", id: held }, answers(held))).toMatchObject({ did: "claim" });
    const { gate } = await openGate(start.store, { ...start, now: () => new Date(Date.now() + 3_600_000) });
    onTestFinished(() => gate.close());
    for (const post of third.said.filter(isHeld)) expect(await gate.review.get(post.held ?? "")).toMatchObject({ id: post.held });
    await gate.outbox.drain();
    expect(await gate.outbox.pending()).toBe(0);
    const delivered = (await gate.audit.list({ limit: 100_000 }))
      .filter(({ action }) => action === "delivered")
      .map(({ postId }) => postId);
    expect(approved).toContain(id);
    for (const post of approved) expect(delivered.filter((one) => one === post)).toHaveLength(1);
    expect(await gate.audit.verify()).toMatchObject({ ok: true });
  });
});
