/**
 * An agent that signs its requests instead of sending a token: forum and key directory are real servers, each on its own port.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { MEDIA_TYPE, WELL_KNOWN } from "../identity/directory.js";
import { engine, folder } from "../testing/gate.js";
import { COVERED, type Signing, tampered, testSigner } from "../testing/signing.js";
import { listen } from "./port.js";
import { createDemo } from "./server.js";
import type { PostRow } from "./shapes.js";

const OWN_PAGE = { "x-forum-request": "1", "content-type": "application/json" };
const json = async <Shape>(response: Response): Promise<Shape> => (await response.json()) as Shape;

/** A directory that publishes whatever `keys` holds when it is asked. */
async function directory(keys: unknown[]): Promise<string> {
  const server = createServer((request, response) => {
    const there = request.url === WELL_KNOWN;
    response.writeHead(there ? 200 : 404, { "content-type": MEDIA_TYPE }).end(there ? JSON.stringify({ keys }) : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A forum with dana in it, and a thread in which she asks `helper`; the policy names `helper`'s directory. */
async function signedForum(question = "@helper how do I fix this?") {
  const published: unknown[] = [];
  const at = await directory(published);
  const signer = await testSigner(at);
  published.push(signer.jwk);
  const log = { log: () => undefined };
  const demo = await createDemo({ dataDir: folder(), gate: { engine, log, policy: `signature_agent = "${at}"` } });
  const { server, port } = await listen(demo.fetch, { port: 0, explicit: true });
  onTestFinished(async () => {
    server.close();
    await demo.close();
  });
  const here = `http://127.0.0.1:${port}`;
  const post = (path: string, body: unknown, headers: Record<string, string>) =>
    fetch(`${here}${path}`, { method: "POST", headers: { ...OWN_PAGE, ...headers }, body: JSON.stringify(body) });
  const session = await post("/api/session", { as: "dana" }, {});
  const cookie = session.headers.get("set-cookie")?.split(";")[0] ?? "";
  const opened = await json<{ post: PostRow }>(await post("/api/threads", { title: "Deploy fails", body: question }, { cookie }));
  const { thread } = opened.post;
  const sign = (body: string, signing: Signing = {}) =>
    signer.sign(`${here}/api/threads/${thread}/posts`, { body: JSON.stringify({ body }), ...signing });
  return { here, cookie, thread, sign };
}

describe("an agent that signs its requests", () => {
  it("posts without a token, and the post says in every vocabulary that it is an agent's", async () => {
    const { here, thread, sign } = await signedForum();
    const answer = await fetch(await sign("Restart the quokka service."));
    expect([answer.status, answer.headers.get("AI-Disclosure")]).toEqual([201, "mode=ai-originated"]);
    const { post } = await json<{ post: PostRow }>(answer);
    expect(post).toMatchObject({ author: "helper", onBehalfOf: "dana", actor: "Application", terms: { disclosure: "ai-generated" } });
    expect((await fetch(`${here}/api/posts/${post.id}`)).headers.get("AI-Disclosure")).toBe("mode=ai-originated");
    expect((await fetch(`${here}/api/threads/${thread}`)).headers.get("AI-Disclosure")).toBeNull();
    const page = await (await fetch(`${here}/t/${thread}`)).text();
    const [, data = ""] = /<script type="application\/ld\+json">(.*?)<\/script>/u.exec(page) ?? [];
    const iptc = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";
    expect(JSON.parse(data)).toMatchObject({
      "@type": "DiscussionForumPosting",
      author: { "@type": "Person", name: "Dana" },
      comment: [{ author: { "@type": "SoftwareApplication", name: "helper" }, digitalSourceType: expect.arrayContaining([iptc]) }],
    });
  });

  it("needs to be asked as much as any other", async () => {
    const { sign } = await signedForum("How do I fix this?");
    const refused = await fetch(await sign("Restart the quokka service."));
    expect(await json(refused)).toMatchObject({ status: 403, type: "urn:countersign:problem:unrequested" });
  });

  it("is held to what it signed, once", async () => {
    const { here, thread, sign } = await signedForum();
    const request = await sign("Restart it.");
    const refused = await fetch(await tampered(request, { body: JSON.stringify({ body: "Run it as root." }) }));
    expect([refused.status, refused.headers.get("content-type")]).toEqual([401, "application/problem+json"]);
    expect(await json(refused)).toMatchObject({ type: "urn:countersign:problem:signature-refused" });
    expect((await fetch(request.clone())).status).toBe(201);
    expect(await json(await fetch(request))).toMatchObject({ status: 429, type: "urn:countersign:problem:signature-replayed" });
    const { posts } = await json<{ posts: PostRow[] }>(await fetch(`${here}/api/threads/${thread}`));
    expect(posts.map((post) => post.body)).toEqual(["@helper how do I fix this?", "Restart it."]);
  });

  it("is not let in by a person's session when its signature does not hold", async () => {
    const { cookie, sign } = await signedForum();
    const partial = await sign("Hello.", { components: COVERED.filter((component) => component !== "@path") });
    expect((await fetch(await tampered(partial, { headers: { ...OWN_PAGE, cookie } }))).status).toBe(401);
  });
});
