// What the review desk costs with 10,000 posts that wait and 1,000,000 decided: pages, filters, searches, counts, one post, a
// decision's whole round trip, on SQLite and on PostgreSQL. `npm run bench:desk [held decided]`; needs `npm run build` first.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportJWK, generateKeyPair } from "jose";
import { createGate, openPostgres, openSqlite } from "../dist/node/index.js";
import * as derived from "../dist/node/store/migrations/derived.js";
import { queuePage } from "../dist/node/store/queue.js";
import { counts, facets } from "../dist/node/store/totals.js";
import { fill } from "../node/testing/fill.mjs";
import { startCluster } from "../node/testing/postgres.mjs";
import { quantile } from "./times.mjs";

const [held = 10_000, decided = 1_000_000] = process.argv.slice(2).map(Number);
const LIMIT = 50;
const ROUNDS = 40;
const ME = { id: "mira", name: "Mira", role: "lead" };

const QUERIES = {
  "first page": {},
  "oldest first": { order: "oldest" },
  "newest of all": { state: "all", order: "newest" },
  "critical of all": { state: "all", severity: "critical", order: "newest" },
  "an agent": { author: "agent7" },
  "an agent, all": { state: "all", author: "agent7", order: "newest" },
  "a rule": { rule: "rule/7" },
  "a rule, all": { state: "all", rule: "rule/7" },
  "a category, all": { state: "all", category: "category3", order: "oldest" },
  mine: { claimed: "me" },
  "others'": { claimed: "others" },
  unclaimed: { claimed: "nobody" },
  escalated: { escalated: true },
  "older than a day": { olderThan: 86_400_000 },
  "agent, rule and category, all": { state: "all", author: "agent7", rule: "rule/7", category: "category3" },
  "search: one post": { state: "all", q: "case77777" },
  "search: a rare pair": { state: "all", q: "host77 rack11" },
  "search: frequent words": { state: "all", q: "restart steps" },
  "search: frequent, waiting": { q: "usual restart" },
  "search: a beginning": { q: "serv" },
};

async function measure(work, rounds = ROUNDS) {
  const times = [];
  await work(-1);
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await work(round);
    times.push(performance.now() - started);
  }
  return [quantile(times, 0.5), quantile(times, 0.99)].map((ms) => `${ms.toFixed(1)} ms`);
}

/** A page as the review page asks for it, and a decision as it takes one. */
function asked(gate) {
  const call = async (path, init = {}) => {
    const headers = { "x-countersign-request": "1", "content-type": "application/json", ...init.headers };
    const response = await gate.fetch(new Request(`http://forum.test/countersign/api/v1${path}`, { ...init, headers }));
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const decide = (post, step) =>
    call(`/posts/${post.id}/${step}`, {
      method: "POST",
      headers: { "if-match": `"${post.version}"` },
      body: JSON.stringify({ contentHash: post.contentHash, ...(step === "reject" ? { comment: "no" } : {}) }),
    });
  return { call, decide };
}

async function overHttp(gate, rows) {
  const { call, decide } = asked(gate);
  rows.push(["GET /posts", ...(await measure(() => call("/posts")))]);
  const { items } = await call("/posts?limit=200&state=held");
  rows.push(["GET /posts/{id}", ...(await measure((round) => call(`/posts/${items[round + 1].id}`)))]);
  const posts = await Promise.all(items.map(({ id }) => call(`/posts/${id}`)));
  rows.push(["POST claim", ...(await measure(async (round) => (posts[round + 1] = await decide(posts[round + 1], "claim")), 120))]);
  rows.push(["POST reject", ...(await measure((round) => decide(posts[round + 1], "reject"), 120))]);
}

async function run(name, database, store) {
  const started = performance.now();
  await fill(store.db, { database, ...derived }, { held, decided });
  console.log(`\n${name}: ${held} held and ${decided} decided posts in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  const rows = [];
  for (const [title, query] of Object.entries(QUERIES))
    rows.push([title, ...(await measure(() => queuePage(store.db, query, undefined, LIMIT, new Date(), "moderator1")))]);
  rows.push(["counts", ...(await measure(() => counts(store.db)))]);
  rows.push(["facets", ...(await measure(() => facets(store.db)))]);
  rows.push(["facets of all", ...(await measure(() => facets(store.db, "all"), 5))]);
  const { privateKey } = await generateKeyPair("Ed25519", { extractable: true });
  const gate = await createGate({ store, signingKey: await exportJWK(privateKey), publish: () => undefined, authenticate: () => ME });
  await overHttp(gate, rows);
  await gate.close();
  for (const cells of [["", "p50", "p99"], ["---", "--:", "--:"], ...rows]) console.log(`| ${cells.join(" | ")} |`);
}

const folder = mkdtempSync(join(tmpdir(), "countersign-desk-"));
try {
  await run("SQLite", "sqlite", await openSqlite(join(folder, "gate.db")));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const cluster = await startCluster();
try {
  await run("PostgreSQL", "postgres", await openPostgres(await cluster.database()));
} finally {
  await cluster.stop();
}
