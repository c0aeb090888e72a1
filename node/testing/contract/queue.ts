/**
 * The queue: whatever is asked, the page is what looking at every post would give.
 */
import { describe, expect, it } from "vitest";
import type { PostOrder, PostQuery } from "../../api/schema.js";
import { PostOrder as Orders, PostState as States } from "../../api/schema.js";
import { queuePage } from "../../store/queue.js";
import * as search from "../../store/search.js";
import type { PostRow, Queries } from "../../store/tables.js";
import { statesOf } from "../../store/totals.js";
import type { Setting } from "./setting.js";

const NOW = new Date("2026-05-05T12:00:00.000Z");
const ME = "mira";
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** A post that differs from its neighbours in everything the queue can be asked for. */
function post(n: number): PostRow {
  const state = pick(States.options, n * 7);
  const claimed = n % 4 === 0 ? pick(["mira", "milo", "lea"], n / 4) : null;
  const body = `step ${n} of ${pick(["the restart", "l'accès", "服务器重启", "the rollback"], n)}`;
  return {
    id: `p${String(n).padStart(4, "0")}`,
    version: 1,
    state,
    action: pick(["hold", "block", "flag"] as const, n),
    severity: (n * 5) % 6,
    title: "t",
    excerpt: "e",
    authorId: pick(["helper", "dana", "bot"], n),
    authorHandle: pick(["Helper", "Dana", "Bot"], n),
    authorKind: "agent",
    agent: n % 3 === 1 ? null : pick(["helper", "bot"], n),
    onBehalfOf: null,
    operator: null,
    asker: null,
    owner: null,
    threadId: "t1",
    threadTitle: pick(["Printers", "Doors", null], n),
    category: pick(["it", "office", null], n),
    submittedAt: new Date(NOW.getTime() - ((n * 37) % 50) * 60_000).toISOString(),
    writtenAt: null,
    decidedAt: null,
    claimedBy: claimed,
    claimedUntil: claimed === null ? null : new Date(NOW.getTime() + (n % 8 === 0 ? -1 : 1) * 60_000).toISOString(),
    escalation: null,
    escalatedBy: n % 9 === 0 ? "milo" : null,
    undo: null,
    erasedAt: null,
    rules: JSON.stringify(n % 2 === 0 ? ["shell/chmod-world"] : pick([[], ["sql/grant-all", "shell/chmod-world"], ["sql/grant-all"]], n)),
    submission: JSON.stringify({ post: { body, author: { id: "a" } }, now: NOW.toISOString() }),
    verdict: null,
    undecided: null,
    notes: "[]",
    contentHash: `hash ${n}`,
    revises: null,
    decision: null,
    receipt: null,
  };
}

const POSTS = Array.from({ length: 240 }, (_, n) => post(n));

async function fill(queries: Queries) {
  for (const row of POSTS) {
    await queries.insertInto("posts").values(row).execute();
    await search.put(queries, row.id, search.textOf(row));
  }
}

const SEVERITIES = ["low", "medium", "high", "critical"];
const later = (time: string | null) => time === null || time > NOW.toISOString();

function claims(row: PostRow, claimed: string): boolean {
  if (claimed === "nobody") return !lasts(row);
  return lasts(row) && (claimed === "others" ? row.claimedBy !== ME : row.claimedBy === (claimed === "me" ? ME : claimed.slice(3)));
}

const lasts = (row: PostRow) => row.claimedBy !== null && later(row.claimedUntil);

/** Whether a post is in the state asked for: one whose claim has run out is held. */
function inState(row: PostRow, filter: PostQuery["state"]): boolean {
  if (filter === "held") return (row.state === "held" || row.state === "claimed") && !lasts(row);
  return statesOf(filter).includes(row.state) && (filter !== "claimed" || lasts(row));
}

/** Each filter in a sentence of its own: absent, or fulfilled. */
const TESTS: { [Key in keyof PostQuery]-?: (row: PostRow, value: NonNullable<PostQuery[Key]>) => boolean } = {
  state: () => true,
  order: () => true,
  q: () => true,
  severity: (row, severity) => row.severity > SEVERITIES.indexOf(severity),
  author: (row, author) => row.authorId === author || row.agent === author,
  category: (row, category) => row.category === category,
  claimed: claims,
  escalated: (row, escalated) => (row.escalatedBy !== null) === escalated,
  olderThan: (row, ms) => Date.parse(row.submittedAt) <= NOW.getTime() - ms,
  rule: (row, rule) => (JSON.parse(row.rules) as string[]).includes(rule),
};

function holds(row: PostRow, query: PostQuery): boolean {
  const asked = Object.entries(query) as [keyof PostQuery, never][];
  return inState(row, query.state) && asked.every(([key, value]) => TESTS[key](row, value));
}

function sorted(rows: PostRow[], order: PostOrder): string[] {
  const time = (a: PostRow, b: PostRow) => (a.submittedAt + a.id < b.submittedAt + b.id ? -1 : 1) * (order === "newest" ? -1 : 1);
  return [...rows]
    .sort((a, b) => (order === "critical" && a.severity !== b.severity ? b.severity - a.severity : time(a, b)))
    .map(({ id }) => id);
}

async function pages(queries: Queries, query: PostQuery, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await queuePage(queries, query, cursor, limit, NOW, ME);
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    ids.push(...page.rows.map(({ id }) => id));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return ids;
}

const FILTERS: PostQuery[] = [
  {},
  { state: "all" },
  { state: "approved" },
  { state: "claimed" },
  { state: "held" },
  { severity: "high" },
  { author: "helper", state: "all" },
  { category: "office", state: "all" },
  { rule: "sql/grant-all", state: "all" },
  { claimed: "me", state: "all" },
  { claimed: "others" },
  { claimed: "nobody" },
  { claimed: "by:milo" },
  { escalated: true, state: "all" },
  { escalated: false },
  { olderThan: 20 * 60_000 },
  { author: "bot", rule: "shell/chmod-world", category: "it", severity: "low", state: "all", olderThan: 60_000 },
  { rule: "shell/chmod-world", claimed: "me", state: "all" },
  { author: "nobody-known" },
];

/** What the index itself finds, however few the posts are. */
async function lookedUp(queries: Queries, q: string | undefined): Promise<Set<string>> {
  const found = await search.match(queries, q, Number.POSITIVE_INFINITY);
  const { rows } = found !== null && "few" in found ? await found.few.execute(queries) : { rows: [] };
  return new Set(rows.map(({ postId }) => postId));
}

/** Quotes, operators, wildcards and what no index expects. */
const TYPED = ['"', "' OR 1=1 --", "NEAR(a b)", "a AND", "NOT x", "*", "terms:x", "& | !", "a:*", "\\", "%_", "\u0000", "\ud800", "{}()^"];

export function queue({ store }: Setting): void {
  describe("the queue", () => {
    it("gives what looking at every post would, in every order, page by page", async () => {
      const { db } = await store();
      await db.transaction().execute(fill);
      for (const filter of FILTERS)
        for (const order of Orders.options) {
          const query = { ...filter, order };
          const expected = sorted(
            POSTS.filter((row) => holds(row, query)),
            order,
          );
          expect({ query, ids: await pages(db, query, 17) }).toEqual({ query, ids: expected });
        }
    });

    it("finds posts by all words of a search, and every other filter narrows them", async () => {
      const { db } = await store();
      await db.transaction().execute(fill);
      const found = async (query: PostQuery) => {
        const ids = new Set(await pages(db, { state: "all", ...query }, 50));
        if (Object.keys(query).length === 1) expect(await lookedUp(db, query.q)).toEqual(ids);
        return ids;
      };
      const having = (test: (row: PostRow) => boolean) => new Set(POSTS.filter(test).map(({ id }) => id));
      const body = (row: PostRow): string => JSON.parse(row.submission).post.body;
      expect(await found({ q: "restart step" })).toEqual(having((row) => body(row).includes("restart")));
      expect(await found({ q: "RESTAR" })).toEqual(having((row) => body(row).includes("restart")));
      expect(await found({ q: "restar step" })).toEqual(new Set());
      expect(await found({ q: "acces" })).toEqual(having((row) => body(row).includes("accès")));
      expect(await found({ q: "服务器" })).toEqual(having((row) => body(row).includes("服务器")));
      expect(await found({ q: "重" })).toEqual(having((row) => body(row).includes("重")));
      expect(await found({ q: "器服" })).toEqual(new Set());
      expect(await found({ q: "sql/grant-all" })).toEqual(having((row) => row.rules.includes("sql/grant-all")));
      expect(await found({ q: "Doors Dana" })).toEqual(having((row) => row.threadTitle === "Doors" && row.authorId === "dana"));
      const narrowed = { q: "restart", author: "helper", severity: "medium" } as const;
      expect(await found(narrowed)).toEqual(having((row) => body(row).includes("restart") && holds(row, { ...narrowed, state: "all" })));
      expect(
        sorted(
          POSTS.filter((row) => body(row).includes("rollback") && inState(row, "held")),
          "newest",
        ),
      ).toEqual(await pages(db, { q: "rollback", state: "held", order: "newest" }, 3));
    });

    it("takes whatever is typed for words", async () => {
      const { db } = await store();
      await db.insertInto("posts").values(post(1)).execute();
      for (const q of TYPED) {
        await search.put(db, "p0001", `${q} and nothing else but x a b terms near or 1`);
        expect({ q, ids: await pages(db, { q, state: "all" }, 5) }).toEqual({ q, ids: ["p0001"] });
        expect(await lookedUp(db, `${q} a`)).toEqual(new Set(["p0001"]));
        expect(await pages(db, { q: `${q} absent`, state: "all" }, 5)).toEqual([]);
      }
    });

    it("finds a post by its new words only, and by none once they are forgotten", async () => {
      const { db } = await store();
      await db.insertInto("posts").values(post(1)).execute();
      await search.put(db, "p0001", "old words");
      await search.put(db, "p0001", "new ones");
      expect(await pages(db, { q: "old", state: "all" }, 5)).toEqual([]);
      expect(await pages(db, { q: "new", state: "all" }, 5)).toEqual(["p0001"]);
      await search.forget(db, "p0001");
      expect(await pages(db, { q: "new", state: "all" }, 5)).toEqual([]);
    });

    it("refuses a cursor it did not hand out", async () => {
      const { db } = await store();
      const encoded = ["[0,1,2,3]", '[2,1,"2026","p"]', "null"].map((json) => Buffer.from(json).toString("base64url"));
      for (const cursor of ["", "x", ...encoded])
        await expect(queuePage(db, {}, cursor, 5, NOW, ME)).rejects.toMatchObject({ problem: { status: 400 } });
    });
  });
}

export { fill, POSTS };
