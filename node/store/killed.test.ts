/**
 * A forum killed at random moments while people write and moderators decide. A short run belongs to `npm test`; `KILLS=50 npx vitest
 * run node/store/killed.test.ts` is the whole one.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { AuditEntry } from "../api/schema.js";
import { list, verify } from "../audit/chain.js";
import { folder, openGate } from "../testing/gate.js";
import { Forum, type Said, type Start } from "../testing/processes.js";
import { DATABASES, freshPlace, ownKey, sharedCluster } from "../testing/stores.js";
import { openStore } from "./open.js";
import type { Queries } from "./tables.js";

const KILLS = Number(process.env.KILLS ?? 8);

/** The most a forum gets acknowledged before it is killed, and the most milliseconds after that. */
const MOST_SAID = 25;
const LONGEST_MS = 20;

const DONE: Record<string, string> = { claim: "claimed", approve: "approved", reject: "rejected", return: "returned" };
const FINAL = ["approved", "rejected", "returned"];

const cluster = sharedCluster();

type Kept = { post: { state: string; version: number }; trail: AuditEntry[] };

/** Every post with the log's entries about it. */
async function records(queries: Queries): Promise<Map<string, Kept>> {
  const posts = await queries.selectFrom("posts").select(["id", "state", "version"]).execute();
  const kept = new Map<string, Kept>(posts.map(({ id, ...post }) => [id, { post, trail: [] }]));
  for (const entry of await list(queries, { limit: 1_000_000 })) kept.get(entry.postId ?? "")?.trail.push(entry);
  return kept;
}

/** What was acknowledged and is not there, or not once. */
function lost(kept: Map<string, Kept>, { held, did, id = "", version = 0, failed }: Said): string | undefined {
  if (failed !== undefined) return failed;
  if (held !== undefined) return kept.has(held) ? undefined : `the hold of ${held} is lost`;
  if (did === undefined) return undefined;
  const { post, trail } = kept.get(id) ?? { trail: [] };
  const times = trail.filter(({ action, detail }) => action === DONE[did] && detail.version === version).length;
  return times === 1 && post !== undefined && post.version >= version ? undefined : `${did} of ${id} at ${version} stands ${times} times`;
}

/** Where a post and its log disagree. */
function torn(id: string, { post, trail }: Kept): string | undefined {
  const decided = trail.filter(({ action }) => FINAL.includes(action)).length;
  if (decided > 1) return `${id} was decided ${decided} times`;
  const last = trail.findLast(({ detail }) => detail.state !== undefined)?.detail.state;
  return last === post.state ? undefined : `${id} is ${post.state}, its log says ${last}`;
}

/** Every way in which the store does not say what was acknowledged, or says more. */
async function faults(queries: Queries, said: readonly Said[]): Promise<string[]> {
  const kept = await records(queries);
  const chain = await verify(queries);
  const found = [
    ...said.map((one) => lost(kept, one)),
    ...[...kept].map(([id, one]) => torn(id, one)),
    chain.ok ? undefined : chain.reason,
  ];
  return found.filter((fault) => fault !== undefined);
}

/** One forum, let run and killed. */
async function round(next: Forum): Promise<readonly Said[]> {
  await next.ask({ do: "open" }, ({ open }) => open === true);
  next.tell({ do: "churn" });
  await next.hears(({ held, did }) => held !== undefined || did !== undefined, Math.ceil(Math.random() * MOST_SAID));
  await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_MS));
  await next.kill();
  return next.said;
}

type Delivery = { id: string; contentHash: string };

describe.each(DATABASES)("%s", (database) => {
  it(`loses nothing it acknowledged and applies nothing twice, killed ${KILLS} times`, async () => {
    const place = await freshPlace(database, cluster);
    const start: Omit<Start, "name"> = { ...(await ownKey()), store: place, published: join(folder(), "published.jsonl") };
    const said: Said[] = [];
    // The next process starts while this one works: its start is not what is tried.
    let next = new Forum({ ...start, name: "f0" });
    for (let kills = 0; kills < KILLS; kills++) {
      const current = next;
      next = new Forum({ ...start, name: `f${kills + 1}` });
      said.push(...(await round(current)));
      const store = await openStore(place);
      expect(await faults(store.db, said)).toEqual([]);
      await store.close();
    }
    await next.kill();
    const later = () => new Date(Date.now() + 3_600_000);
    const { gate, published } = await openGate(place, { ...start, now: later, undoMs: 0 });
    await gate.outbox.drain();
    const lines = existsSync(start.published) ? readFileSync(start.published, "utf8").trim().split("\n") : [];
    const delivered: Delivery[] = [...lines.filter((line) => line !== "").map((line) => JSON.parse(line)), ...published];
    const approved = said.filter(({ did }) => did === "approve").map(({ id = "" }) => id);
    for (const id of approved) expect(delivered.map((one) => one.id)).toContain(id);
    for (const { id } of delivered) expect((await gate.review.get(id)).state).toBe("approved");
    expect(await gate.outbox.pending()).toBe(0);
    await gate.close();
    const decided = said.filter(({ did }) => did !== undefined && did !== "claim").length;
    const holds = said.filter(({ held }) => held !== undefined).length;
    expect(holds).toBeGreaterThanOrEqual(KILLS);
    if (process.env.KILLS) console.log(`${database}: ${KILLS} kills, ${holds} holds, ${decided} decisions, ${delivered.length} deliveries`);
  }, 600_000);
});
