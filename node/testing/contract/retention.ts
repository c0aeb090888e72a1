/**
 * Erased text is gone; what was decided stays proved.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { openStore } from "../../store/open.js";
import { agentPost, BAD, people, type TestGate } from "../gate.js";
import type { Setting } from "./setting.js";

const SECRET = "xylophonquark";
const mira = people.mira ?? { id: "mira", name: "Mira", role: "moderator" as const };
const ground = { by: "lea", reason: "request 17" };

/** A post with the secret in every text it has, and in an earlier version. */
async function secretPost({ gate }: TestGate) {
  const post = agentPost(`${BAD} ${SECRET} first`, true);
  const titled = { ...post, thread: { ...post.thread, title: `about ${SECRET}` } };
  const { contentHash } = await gate.submit(titled);
  const body = `${BAD} ${SECRET} second`;
  const { postId } = await gate.revise({ ...titled, post: { ...titled.post, body, fields: { title: SECRET }, revises: contentHash } });
  return gate.review.get(postId);
}

/** Everything the database holds, as its tables tell it. */
async function dump(place: string): Promise<string> {
  const store = await openStore(place);
  const tables = ["posts", "versions", "outbox", "searchable", "audit", "answers", "tallies"] as const;
  const all = await Promise.all(tables.map((table) => store.db.selectFrom(table).selectAll().execute()));
  await store.close();
  return JSON.stringify(all);
}

/** Everything in the database's files. */
function bytes(place: string): string {
  const files = readdirSync(dirname(place)).filter((name) => name.startsWith("gate.db"));
  return files.map((name) => readFileSync(join(dirname(place), name), "latin1")).join("");
}

export function retention({ database, gate: open }: Setting): void {
  describe("erasure", () => {
    it("takes the text out of everything, and leaves record, hashes and chain", async () => {
      const test = await open({ undoMs: 0 });
      const { gate, store } = test;
      const post = await secretPost(test);
      await gate.review.decide("approve", post.id, mira, post);
      await gate.outbox.drain();
      expect((await gate.review.list({ state: "all", q: SECRET })).items).toHaveLength(1);
      const before = await gate.review.get(post.id);
      if (database === "sqlite") expect(bytes(store)).toContain(SECRET);
      await gate.erase(post.id, ground);
      const after = await gate.review.get(post.id);
      expect(JSON.stringify(after)).not.toContain(SECRET);
      expect(after).toMatchObject({
        state: "approved",
        contentHash: before.contentHash,
        receipt: before.receipt,
        decision: before.decision,
      });
      expect(after.erasedAt).not.toBeNull();
      expect(after.audit.at(-1)).toMatchObject({ action: "erased", actor: "lea", detail: { reason: "request 17" } });
      expect((await gate.review.list({ state: "all", q: SECRET })).items).toEqual([]);
      expect(await gate.audit.verify()).toMatchObject({ ok: true });
      if (database === "sqlite") expect(bytes(store)).not.toContain(SECRET);
      await gate.close();
      expect(await dump(store)).not.toContain(SECRET);
      if (database === "sqlite") expect(bytes(store)).not.toContain(SECRET);
    });

    it("withdraws a post that waited, once", async () => {
      const test = await open();
      const post = await secretPost(test);
      await test.gate.erase(post.id, ground);
      const { version, state } = await test.gate.review.get(post.id);
      expect(state).toBe("withdrawn");
      await test.gate.erase(post.id, ground);
      expect((await test.gate.review.get(post.id)).version).toBe(version);
      await expect(test.gate.erase("nobody's", ground)).rejects.toMatchObject({ problem: { status: 404 } });
    });

    it("waits for a post that is about to be published", async () => {
      let up = false;
      const publish = () => {
        if (!up) throw new Error("the forum is down");
      };
      const test = await open({ undoMs: 0, publish });
      const post = await secretPost(test);
      await test.gate.review.decide("approve", post.id, mira, post);
      await test.gate.outbox.drain();
      await expect(test.gate.erase(post.id, ground)).rejects.toMatchObject({ problem: { status: 409 } });
      up = true;
      expect(JSON.stringify(await test.gate.review.get(post.id))).toContain(SECRET);
    });

    it("comes by itself when texts have been kept long enough", async () => {
      let days = 0;
      const now = () => new Date(Date.parse("2026-05-05T09:00:00.000Z") + days * 86_400_000);
      const test = await open({ undoMs: 0, now, retention: { textDays: 30 } });
      const decided = await secretPost(test);
      await test.gate.review.decide("reject", decided.id, mira, { ...decided, comment: "no" });
      await test.gate.outbox.drain();
      const waiting = await test.gate.submit(agentPost(`${BAD} still waiting`, true));
      days = 29;
      expect(await test.gate.retention.sweep()).toBe(0);
      days = 31;
      expect(await test.gate.retention.sweep()).toBe(1);
      expect(JSON.stringify(await test.gate.review.get(decided.id))).not.toContain(SECRET);
      expect((await test.gate.review.get(waiting.postId)).erasedAt).toBeNull();
      expect(await test.gate.retention.sweep()).toBe(0);
    });
  });
}
