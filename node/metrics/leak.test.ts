/**
 * Nothing a post or a request carries comes out where operators look: every text, token, cookie and header of this gate's traffic
 * holds a marker, and none of them is ever in the logs, the metrics or the audit log, whatever becomes of the post.
 */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { BAD, people, sharedGate, type TestGate } from "../testing/gate.js";

const BASE = "http://forum.test/countersign";
const TOKEN = "a-token-for-the-tests";

let test: TestGate;
beforeAll(() => sharedGate((gate) => (test = gate), { metrics: { token: TOKEN }, signIn: { link: true }, deadlineMs: 400 }));

let markers = 0;
/** A text nobody else writes. */
const marker = () => `secret${(++markers).toString(36)}x${Math.random().toString(36).slice(2)}`;

const mira = people.mira ?? { id: "mira", name: "Mira", role: "moderator" };

type Post = { kind: "agent" | "human"; asked: boolean; words: string; title: boolean };

const posts = fc.record<Post>({
  kind: fc.constantFrom("agent", "human"),
  asked: fc.boolean(),
  words: fc.oneof(
    fc.constantFrom(BAD, "AdministratorAccess", "HANG", "TRAP", "fine", "\ud800"),
    fc.string({ unit: "grapheme", maxLength: 20 }),
  ),
  title: fc.boolean(),
});

function submission({ kind, asked, words, title }: Post, m: () => string) {
  const handle = `helper-${m()}`;
  return {
    post: {
      thread: "t1",
      body: `${m()} ${words} ${m()}`,
      author: { id: kind === "agent" ? "helper" : "dana", handle, kind },
      ...(title ? { fields: { title: m(), signature: m() } } : {}),
      client: { userAgent: m() },
    },
    thread: {
      id: "t1",
      title: m(),
      author: "dana",
      posts: [{ id: "p1", author: "dana", handle: m(), kind: "human", body: `${asked ? `@${handle}` : ""} ${m()}` }],
    },
    grants: [{ token: m() }],
    headers: { authorization: m() },
  };
}

const requestsWith = (m: () => string, id: string): Request[] => {
  const secrets = {
    authorization: `Bearer ${m()}`,
    cookie: `countersign=${m()}; __Host-countersign=${m()}; other=${m()}`,
    "user-agent": m(),
  };
  const own = { ...secrets, "x-countersign-request": "1", "content-type": "application/json", "x-user": "mira" };
  const post = (path: string, body: string) => new Request(`${BASE}${path}`, { method: "POST", headers: own, body });
  return [
    new Request(`${BASE}/api/v1/posts/${m()}?q=${m()}`, { headers: { ...secrets, "x-user": "mira" } }),
    new Request(`${BASE}/metrics`, { headers: secrets }),
    new Request(`${BASE}/signin/callback?code=${m()}&state=${m()}`, { headers: secrets }),
    post("/signin/link", JSON.stringify({ token: m() })),
    post(`/api/v1/posts/${id}/claim`, `{"contentHash":"${m()}"`),
    post(`/api/v1/posts/${id}/reject`, JSON.stringify({ contentHash: m(), comment: m() })),
  ];
};

async function traffic(post: Post, m: () => string) {
  const { postId } = await test.gate.submit(submission(post, m) as never, { grant: m() }).catch(() => ({ postId: "none" }));
  for (const request of requestsWith(m, postId)) await (await test.gate.fetch(request)).body?.cancel();
  const seen = await test.gate.review.get(postId).catch(() => undefined);
  if (seen?.state !== "held") return;
  const { contentHash, version } = seen;
  await test.gate.review.decide("reject", postId, mira, { contentHash, version, comment: m() });
}

const text = async (path: string, headers: Record<string, string>) =>
  (await test.gate.fetch(new Request(`${BASE}${path}`, { headers }))).text();

/** Everything an operator may see. */
async function told(): Promise<string> {
  const lead = { "x-user": "lea" };
  const pages = [
    await text("/metrics", { authorization: `Bearer ${TOKEN}` }),
    await text("/api/v1/audit/export", lead),
    await text("/api/v1/audit/export?format=ocsf", lead),
    await text("/healthz", {}),
  ];
  return [...pages, JSON.stringify(test.logged)].join("\n");
}

describe("logs, metrics and audit", () => {
  it("say nothing of any text, token, cookie or header", async () => {
    const given: string[] = [];
    const m = () => {
      const fresh = marker();
      given.push(fresh);
      return fresh;
    };
    await fc.assert(
      fc.asyncProperty(posts, async (post) => {
        await traffic(post, m);
        const said = await told();
        expect(given.filter((text) => said.includes(text))).toEqual([]);
      }),
      { numRuns: 25 },
    );
    const said = await told();
    // The test would prove nothing of a gate that says nothing.
    for (const word of ["countersign_submissions_total", '"action":"held"', "Detection Finding", "engine/replaced"])
      expect(said).toContain(word);
    expect(given.length).toBeGreaterThan(200);
  });
});
