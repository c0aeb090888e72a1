import { beforeAll, describe, expect, it } from "vitest";
import type { Facets, PostDetail, PostPage } from "../api/schema.js";
import { lea, milo, mira } from "../testing/desk.js";
import { agentPost, BAD, humanPost, sharedGate, type TestGate, testGate } from "../testing/gate.js";
import { MOST_VIEWS } from "./views.js";

const START = Date.parse("2026-05-05T09:00:00Z");
const MINUTE_MS = 60_000;

let shared: TestGate;
let clock = START;
/** The tests' own names of posts, by id. */
const names = new Map<string, string>();

beforeAll(async () => {
  const close = await sharedGate((test) => (shared = test), { now: () => new Date(clock) });
  const submit = async (name: string, body: string, change: (post: ReturnType<typeof agentPost>) => void = () => undefined) => {
    const post = agentPost(body, true);
    change(post);
    const { postId, contentHash } = await shared.gate.submit(post);
    names.set(postId, name);
    clock += MINUTE_MS;
    return { postId, seen: { contentHash, version: 1 } };
  };
  await submit("high", "attach AdministratorAccess to zebra");
  const mine = await submit("mine", `${BAD} for the giraffe`, ({ thread }) => {
    thread.category = "zoo";
  });
  const theirs = await submit("theirs", `${BAD} twice`);
  const up = await submit("escalated", `${BAD} thrice`);
  const done = await submit("rejected", `${BAD} never`);
  const { postId } = await shared.gate.submit(humanPost(BAD));
  names.set(postId, "flagged");
  await shared.gate.review.decide("claim", mine.postId, mira, mine.seen);
  await shared.gate.review.decide("claim", theirs.postId, milo, theirs.seen);
  await shared.gate.review.decide("escalate", up.postId, milo, { ...up.seen, comment: "unsure" });
  await shared.gate.review.decide("reject", done.postId, lea, done.seen);
  return close;
});

const ADDRESS = "http://forum.test/countersign/api/v1";

function ask(path: string, headers: Record<string, string> = {}, init: RequestInit = {}) {
  return shared.gate.fetch(new Request(`${ADDRESS}${path}`, { ...init, headers: { "x-user": "mira", ...headers } }));
}

async function listed(query: string): Promise<string[]> {
  const response = await ask(`/posts?${query}`);
  expect(response.status).toBe(200);
  return ((await response.json()) as PostPage).items.map(({ id }) => names.get(id) ?? id);
}

describe("the queue over HTTP", () => {
  it.each([
    ["", ["mine", "theirs", "escalated", "high"]],
    ["order=oldest", ["high", "mine", "theirs", "escalated"]],
    ["order=newest", ["escalated", "theirs", "mine", "high"]],
    ["severity=critical", ["mine", "theirs", "escalated"]],
    ["state=held", ["escalated", "high"]],
    ["state=claimed", ["mine", "theirs"]],
    ["claimed=me", ["mine"]],
    ["claimed=others", ["theirs"]],
    ["claimed=by:milo", ["theirs"]],
    ["claimed=nobody", ["escalated", "high"]],
    ["escalated=true", ["escalated"]],
    ["escalated=false&severity=critical", ["mine", "theirs"]],
    ["category=zoo", ["mine"]],
    ["author=helper&state=rejected", ["rejected"]],
    ["author=dana&state=all", ["flagged"]],
    ["rule=shell/chmod-world&q=giraffe", ["mine"]],
    ["q=ZEBRA", ["high"]],
    ["q=zebra%20giraffe", []],
    [`olderThan=${4 * MINUTE_MS}`, ["mine", "high"]],
    ["state=flagged", ["flagged"]],
  ])("answers `%s`", async (query, expected) => {
    expect(await listed(query)).toEqual(expected);
  });

  it.each(["severity=worst", "claimed=by:", "escalated=perhaps", "olderThan=-1", "order=random", "state=gone"])(
    "refuses `%s`",
    async (query) => {
      const response = await ask(`/posts?${query}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ type: "urn:countersign:problem:malformed-request" });
    },
  );

  it.each(["critical", "oldest", "newest"])("pages through every post once, %s first", async (order) => {
    const seen: string[] = [];
    let cursor: string | null = "";
    do {
      const response = await ask(`/posts?state=all&order=${order}&limit=1${cursor && `&cursor=${cursor}`}`);
      const page = (await response.json()) as PostPage;
      seen.push(...page.items.map(({ id }) => names.get(id) ?? id));
      cursor = page.next;
    } while (cursor);
    expect(seen).toEqual(await listed(`state=all&order=${order}`));
    expect(new Set(seen).size).toBe(names.size);
  });

  it("counts, and says what there is to filter by", async () => {
    const page = (await (await ask("/posts")).json()) as PostPage;
    expect(page.counts).toEqual({ open: 4, escalated: 1, approved: 0, rejected: 1, returned: 0, blocked: 0, flagged: 1 });
    expect((await (await ask("/facets")).json()) as Facets).toEqual({
      severities: [
        { value: "critical", count: 3 },
        { value: "high", count: 1 },
      ],
      authors: [{ value: "helper", handle: "helper", count: 4 }],
      rules: [{ value: "shell/chmod-world", count: 4 }],
      categories: [{ value: "zoo", count: 1 }],
    });
  });
});

describe("a post's entity tag", () => {
  it("stands for the answer, and names the version a decision is bound to", async () => {
    const test = await testGate();
    const { postId, contentHash } = await test.gate.submit(agentPost(BAD, true));
    const get = (headers = {}) => test.gate.fetch(new Request(`${ADDRESS}/posts/${postId}`, { headers: { "x-user": "mira", ...headers } }));
    const etag = (await get()).headers.get("etag") ?? "";
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const response = await get({ "if-none-match": known });
      expect([response.status, response.headers.get("etag"), await response.text()]).toEqual([304, etag, ""]);
    }
    expect((await get({ "if-none-match": '"1"' })).status).toBe(200);
    const headers = { "x-user": "mira", "x-countersign-request": "1", "content-type": "application/json", "if-match": etag };
    const claim = new Request(`${ADDRESS}/posts/${postId}/claim`, { method: "POST", headers, body: JSON.stringify({ contentHash }) });
    const after = await test.gate.fetch(claim);
    expect([after.status, ((await after.json()) as PostDetail).version]).toEqual([200, 2]);
    expect((await get({ "if-none-match": etag })).status).toBe(200);
  });
});

describe("kept searches", () => {
  const write = { "x-countersign-request": "1", "content-type": "application/json" };
  const put = (name: string, query: string, user = "mira") =>
    ask(`/views/${encodeURIComponent(name)}`, { ...write, "x-user": user }, { method: "PUT", body: JSON.stringify({ query }) });
  const all = async (user = "mira") => (await ask("/views", { "x-user": user })).json();

  it("are each moderator's own, replaced by name, and forgotten", async () => {
    await put("Meine / Suche?", "state=open");
    await put("Meine / Suche?", "state=all");
    await put("Meine / Suche?", "claimed=me", "milo");
    expect([await all(), await all("milo")]).toEqual([
      [{ name: "Meine / Suche?", query: "state=all" }],
      [{ name: "Meine / Suche?", query: "claimed=me" }],
    ]);
    const remove = () => ask(`/views/${encodeURIComponent("Meine / Suche?")}`, write, { method: "DELETE" });
    expect([(await remove()).status, (await remove()).status, await all()]).toEqual([204, 404, []]);
  });

  it("are at most so many", async () => {
    for (let index = 0; index < MOST_VIEWS; index++) expect((await put(`view ${index}`, "", "lea")).status).toBe(200);
    const refused = await put("one more", "", "lea");
    expect([refused.status, ((await refused.json()) as { type: string }).type]).toEqual([409, "urn:countersign:problem:too-many"]);
    expect((await put("view 1", "q=x", "lea")).status).toBe(200);
  });
});
