import { sql } from "kysely";
import { describe, expect, it, onTestFinished } from "vitest";
import { append, verify } from "../audit/chain.js";
import { bare } from "../testing/bare.js";
import { DATABASES, freshPlace, sharedCluster } from "../testing/stores.js";
import { MIGRATIONS, migrate } from "./migrations.js";
import { openStore } from "./open.js";
import { queuePage } from "./queue.js";
import { counts, facets } from "./totals.js";

const cluster = sharedCluster();
const NOW = new Date("2026-05-05T12:00:00.000Z");

/** The releases that can be met in the wild, by the last migration each had. */
const RELEASED = Object.keys(MIGRATIONS).slice(0, -1);

const submission = {
  post: { body: "run `chmod -R 777 /srv`", thread: "t1", author: { id: "helper", kind: "agent" } },
  thread: { id: "t1", category: "it", posts: [] },
  now: "2026-05-01T09:00:00.000Z",
};

/** A record as the first releases wrote it. */
function record(id: string, state: string, decision: object | null) {
  return {
    id,
    version: 3,
    state,
    severity: 4,
    action: "hold",
    title: "opens a folder to everyone",
    excerpt: "chmod -R 777",
    authorId: "helper",
    authorHandle: "Helper",
    authorKind: "agent",
    threadId: "t1",
    submittedAt: `2026-05-01T09:00:0${id.length}.000Z`,
    rules: '["shell/chmod-world"]',
    submission: JSON.stringify(submission),
    notes: "[]",
    contentHash: `sha256-${id}`,
    decision: decision === null ? null : JSON.stringify(decision),
  };
}

describe.each(DATABASES)("%s", (database) => {
  it.each(RELEASED)("brings a database of %s forward with all that is in it", async (release) => {
    const place = await freshPlace(database, cluster);
    const old = bare(place);
    await migrate(old, release);
    const decision = { by: "mira", at: "2026-05-02T09:00:00.000Z", comment: null, state: "approved" };
    const posts = [record("a", "held", null), record("bb", "approved", decision), record("ccc", "claimed", null)];
    await old
      .insertInto("posts")
      .values(posts as never)
      .execute();
    await append(old, [{ at: "2026-05-01T09:00:00Z", actor: "helper", action: "submitted", postId: "a" }]);
    await sql`insert into outbox (post_id, payload, attempts, next_at) values ('bb', '{"id":"bb"}', 0, '2026')`.execute(old);
    await old.destroy();

    const store = await openStore(place);
    onTestFinished(() => store.close());
    const { db } = store;
    const found = async (q: string) => (await queuePage(db, { state: "all", q, order: "oldest" }, undefined, 9, NOW, "m")).rows;
    expect((await found("chmod 777")).map(({ id }) => id)).toEqual(["a", "bb", "ccc"]);
    expect((await found("chmod"))[1]).toMatchObject({
      ...posts[1],
      agent: "helper",
      category: "it",
      decidedAt: decision.at,
      erasedAt: null,
    });
    expect(await counts(db)).toMatchObject({ open: 2, approved: 1 });
    expect(await facets(db, "all")).toMatchObject({
      rules: [{ value: "shell/chmod-world", count: 3 }],
      categories: [{ value: "it", count: 3 }],
    });
    expect(await verify(db)).toEqual({ ok: true, entries: 1 });
    expect(await db.selectFrom("outbox").selectAll().execute()).toMatchObject([{ id: 1, postId: "bb", kind: "publish", doneAt: null }]);
    await db
      .insertInto("outbox")
      .values({ postId: "a", kind: "notice", payload: "{}", attempts: 0, nextAt: "2026", doneAt: null })
      .execute();
    expect((await db.selectFrom("outbox").select("id").orderBy("id").execute()).map(({ id }) => id)).toEqual([1, 2]);
  });
});

it("is brought forward once, however many processes open it at the same time", async () => {
  const place = await freshPlace("postgres", cluster);
  const stores = await Promise.all([1, 2, 3, 4].map(() => openStore(place)));
  onTestFinished(async () => {
    for (const store of stores) await store.close();
  });
  const [{ db } = { db: undefined }] = stores;
  const applied = await sql<{ count: number }>`select count(*) as count from kysely_migration`.execute(db as never);
  expect(applied.rows).toEqual([{ count: Object.keys(MIGRATIONS).length }]);
});
