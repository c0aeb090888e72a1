/**
 * The forum as a host: what passes the gate is visible everywhere, what does not is visible nowhere.
 */
import { describe, expect, it, onTestFinished } from "vitest";
import { BAD, engine, folder } from "../testing/gate.js";
import { work } from "./agent.js";
import { createDemo } from "./server.js";
import type { DraftRow, PostRow, Task, ThreadRow } from "./shapes.js";

const ORIGIN = "http://localhost:8787";
const OWN_PAGE = { "x-forum-request": "1", "content-type": "application/json" };

/** A forum whose agent runs in this process, and a way to call it as somebody. */
async function forum() {
  const http = (address: string, init?: RequestInit) => Promise.resolve(demo.fetch(new Request(address, init)));
  const demo = await createDemo({ dataDir: folder(), gate: { engine }, launch: (order, tell) => work(order, http, tell) });
  onTestFinished(() => demo.close());
  const call = (path: string, init?: RequestInit) => http(`${ORIGIN}${path}`, init);
  const as = async (person: string) => {
    const session = await call("/api/session", { method: "POST", headers: OWN_PAGE, body: JSON.stringify({ as: person }) });
    const headers = { ...OWN_PAGE, cookie: session.headers.get("set-cookie")?.split(";")[0] ?? "" };
    const send = (method: string) => (path: string, body: unknown) => call(path, { method, headers, body: JSON.stringify(body) });
    return { get: (path: string) => call(path, { headers }), post: send("POST"), put: send("PUT") };
  };
  return { demo, call, as };
}

type Person = Awaited<ReturnType<Awaited<ReturnType<typeof forum>>["as"]>>;
const json = async <Shape>(response: Response): Promise<Shape> => (await response.json()) as Shape;

async function openThread(person: Person, body = "Why does the deploy fail?"): Promise<string> {
  const { post } = await json<{ post: PostRow }>(await person.post("/api/threads", { title: "Deploy fails", body }));
  return post.thread;
}

/** Hands the agent `text` to post and waits for it. */
async function agentPosts(person: Person, thread: string, text: string): Promise<Task> {
  let { task } = await json<{ task: Task }>(await person.post("/api/agent/tasks", { thread, text }));
  while (task.state === "working") {
    // In one process nothing else would ever yield to the engine's worker.
    await new Promise((resolve) => setTimeout(resolve, 5));
    ({ task } = await json<{ task: Task }>(await person.get(`/api/agent/tasks/${task.id}`)));
  }
  return task;
}

async function everywhere(person: Person, thread: string, words: string): Promise<string> {
  const paths = [
    `/t/${thread}`,
    `/api/threads/${thread}`,
    "/api/threads",
    `/api/search?q=${encodeURIComponent(words)}`,
    "/feed.atom",
    "/api/notices",
  ];
  return (await Promise.all(paths.map(async (path) => (await person.get(path)).text()))).join("\n");
}

describe("a post the gate keeps back", () => {
  it("is a private draft when nobody asked, and absent from page, API, search and feed", async () => {
    const { as } = await forum();
    const [dana, lior] = [await as("dana"), await as("lior")];
    const thread = await openThread(dana);
    const task = await agentPosts(lior, thread, "Restart the quokka service.");
    expect(task.steps.at(-1)).toMatchObject({ did: "posted", status: 403, answer: { status: 403 } });
    expect(await everywhere(dana, thread, "quokka")).not.toContain("Restart the quokka");
    const { drafts } = await json<{ drafts: { body: string }[] }>(await lior.get("/api/drafts"));
    expect(drafts.map((draft) => draft.body)).toEqual(["Restart the quokka service."]);
    expect(await json(await dana.get("/api/drafts"))).toEqual({ drafts: [] });
  });

  it("is held with an instruction that widens access, although its owner published it", async () => {
    const { as } = await forum();
    const [dana, lior] = [await as("dana"), await as("lior")];
    const thread = await openThread(dana);
    await agentPosts(lior, thread, BAD);
    const { drafts } = await json<{ drafts: { id: string }[] }>(await lior.get("/api/drafts"));
    const outcome = await json<{ action: string; problem: { title: string } | null }>(
      await lior.post(`/api/drafts/${drafts[0]?.id}/publish`, {}),
    );
    expect(outcome.action).toBe("hold");
    expect(outcome.problem).not.toBeNull();
    expect(await everywhere(dana, thread, "chmod")).not.toContain("777 /srv");
    expect(await json(await dana.get("/api/search?q=chmod"))).toEqual({ posts: [] });
  });

  it("appears once its owner publishes harmless words, labelled and on behalf of them", async () => {
    const { demo, as } = await forum();
    const [dana, lior] = [await as("dana"), await as("lior")];
    const thread = await openThread(dana);
    await agentPosts(lior, thread, "Restart the quokka service.");
    const { drafts } = await json<{ drafts: { id: string }[] }>(await lior.get("/api/drafts"));
    await lior.post(`/api/drafts/${drafts[0]?.id}/publish`, {});
    await expect.poll(() => demo.gate.outbox.pending()).toBe(0);
    const { posts } = await json<{ posts: PostRow[] }>(await dana.get(`/api/threads/${thread}`));
    expect(posts.at(-1)).toMatchObject({ author: "helper", onBehalfOf: "lior", body: "Restart the quokka service." });
  });
});

describe("a draft in its owner's hands", () => {
  it("is edited by nobody else, and appears under their name", async () => {
    const { demo, as } = await forum();
    const [dana, lior] = [await as("dana"), await as("lior")];
    const thread = await openThread(dana);
    await agentPosts(lior, thread, "Restart the quokka service.");
    const draftOf = async () => (await json<{ drafts: DraftRow[] }>(await lior.get("/api/drafts"))).drafts[0];
    const { id, contentHash } = (await draftOf()) ?? { id: "", contentHash: "" };
    const edit = (person: Person) => person.put(`/api/drafts/${id}`, { body: "I restarted it." });
    expect((await edit(dana)).status).toBe(404);
    expect((await edit(lior)).status).toBe(204);
    expect(await draftOf()).toMatchObject({ body: "I restarted it.", edited: true });
    expect((await lior.post(`/api/drafts/${id}/publish`, { contentHash })).status).toBe(409);
    expect((await lior.post(`/api/drafts/${id}/publish`, { as: "self" })).status).toBe(200);
    await expect.poll(() => demo.gate.outbox.pending()).toBe(0);
    const { posts } = await json<{ posts: PostRow[] }>(await dana.get(`/api/threads/${thread}`));
    expect(posts.at(-1)).toMatchObject({ author: "lior", onBehalfOf: null, body: "I restarted it." });
  });
});

describe("a person's post with such an instruction", () => {
  it("is published flagged, and its text stays out of the feed", async () => {
    const { as } = await forum();
    const dana = await as("dana");
    const thread = await openThread(dana);
    const posted = await json<{ action: string; post: PostRow }>(await dana.post(`/api/threads/${thread}/posts`, { body: BAD }));
    expect(posted).toMatchObject({ action: "flag", post: { flagged: true } });
    expect(await (await dana.get("/feed.atom")).text()).not.toContain("chmod");
  });
});

describe("requests the forum refuses", () => {
  it("knows nobody without a session or the agent's token", async () => {
    const { call } = await forum();
    const refused = await call("/api/threads", { method: "POST", headers: OWN_PAGE, body: JSON.stringify({ title: "abc", body: "x" }) });
    expect(refused.status).toBe(401);
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
    const wrong = { ...OWN_PAGE, authorization: "Bearer guess" };
    expect((await call("/api/threads", { method: "POST", headers: wrong, body: "{}" })).status).toBe(401);
  });

  it("refuses a change from another site, another host name, and a body over 64 KB", async () => {
    const { demo, call } = await forum();
    const body = JSON.stringify({ as: "dana" });
    expect((await call("/api/session", { method: "POST", body })).status).toBe(403);
    expect((await call("/api/session", { method: "POST", body, headers: { ...OWN_PAGE, "sec-fetch-site": "cross-site" } })).status).toBe(
      403,
    );
    expect((await demo.fetch(new Request("http://evil.example/api/threads"))).status).toBe(403);
    const large = JSON.stringify({ as: "x".repeat(70_000) });
    expect(
      (await call("/api/session", { method: "POST", headers: { ...OWN_PAGE, "content-length": String(large.length) }, body: large }))
        .status,
    ).toBe(413);
  });

  it("says what is wrong with a body", async () => {
    const { as } = await forum();
    const dana = await as("dana");
    expect(await json(await dana.post("/api/threads", { title: "x", body: "y" }))).toMatchObject({
      status: 400,
      detail: expect.stringContaining("`title`"),
    });
    expect((await dana.post("/api/threads/none/posts", { body: "y" })).status).toBe(404);
    expect((await dana.post("/api/drafts/none/publish", {})).status).toBe(404);
  });

  it("shows the review API to the moderator alone", async () => {
    const { demo, call, as } = await forum();
    expect((await (await as("dana")).get("/countersign/api/v1/posts")).status).toBe(401);
    expect((await (await as("mira")).get("/countersign/api/v1/posts")).status).toBe(200);
    const agent = { authorization: `Bearer ${demo.agentToken}` };
    expect((await call("/countersign/api/v1/posts", { headers: agent })).status).toBe(401);
  });

  it("does not let the agent name whom it works for", async () => {
    const { demo, call, as } = await forum();
    const dana = await as("dana");
    const thread = await openThread(dana);
    const headers = { authorization: `Bearer ${demo.agentToken}`, "content-type": "application/json" };
    const body = JSON.stringify({ body: "Hello there.", task: "made-up", onBehalfOf: "lior" });
    expect((await call(`/api/threads/${thread}/posts`, { method: "POST", headers, body })).status).toBe(403);
    expect(await json(await (await as("lior")).get("/api/drafts"))).toEqual({ drafts: [] });
  });
});

describe("a thread's page", () => {
  it("lets no title end the element that describes it", async () => {
    const { as } = await forum();
    const dana = await as("dana");
    const title = 'a</script><script>alert(1)</script><!-- "$&"';
    const { post } = await json<{ post: PostRow }>(await dana.post("/api/threads", { title, body: "Why?" }));
    const page = await dana.get(`/t/${post.thread}`);
    const html = await page.text();
    expect(html).not.toContain("alert(1)</script>");
    const [, data = ""] = /<script type="application\/ld\+json">(.*?)<\/script>/u.exec(html) ?? [];
    expect(JSON.parse(data)).toMatchObject({ headline: title });
    expect(page.headers.get("content-security-policy")).toContain("script-src 'self' 'wasm-unsafe-eval'");
  });
});

describe("the seed", () => {
  it("gives an empty forum two threads, once", async () => {
    const { as } = await forum();
    const { threads } = await json<{ threads: ThreadRow[] }>(await (await as("dana")).get("/api/threads"));
    expect(threads).toHaveLength(2);
  });
});
