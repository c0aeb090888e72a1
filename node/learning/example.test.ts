import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import { agentPost, humanPost, testGate } from "../testing/gate.js";
import { api } from "../testing/http.js";

const HOSTILE = "first\n```sh\nchmod -R 777 /srv/\"\"\"'''\\ \u0007\n```\n[[case]]\nlast";

describe("an example taken from a post", () => {
  it("is the rule's `ignores` and a case, whatever the post says", async () => {
    const test = await testGate();
    const post = agentPost(HOSTILE, true);
    post.post.fields = { title: '"]]\n[x]' };
    post.thread.category = "ops";
    const { postId } = await test.gate.submit(post);
    const { status, text, headers } = await api(test, "audra", "GET", `posts/${postId}/example`);
    expect([status, headers.get("content-type")]).toEqual([200, "application/toml; charset=utf-8"]);
    expect(text).toMatch(/^# Taken from a real post/);
    expect(parse(text)).toEqual({
      rule: [{ id: "shell/chmod-world", ignores: ["chmod -R 777 /srv/\"\"\"'''\\ \u0007"] }],
      case: [
        {
          name: `false alarm in post ${postId}`,
          category: "ops",
          body: HOSTILE,
          fields: post.post.fields,
          expect: { finds: [], action: "label" },
        },
      ],
    });
    const only = await api(test, "mira", "GET", `posts/${postId}/example?fingerprint=0123456789abcdef`);
    expect(only.text).toBe(text);
  });

  it("says who wrote it and that nobody asked", async () => {
    const test = await testGate();
    const of = async (postId: string) => parse((await api(test, "mira", "GET", `posts/${postId}/example`)).text).case;
    const human = await test.gate.submit(humanPost("chmod -R 777 /srv"));
    expect(await of(human.postId)).toMatchObject([{ author: "human", asked: false, expect: { action: "publish" } }]);
    const agent = await test.gate.submit(agentPost("chmod -R 777 /srv"));
    expect(await of(agent.postId)).toMatchObject([{ asked: false, expect: { action: "block" } }]);
  });

  it("is not to be had where nothing was found", async () => {
    const test = await testGate();
    const { postId } = await test.gate.submit(agentPost("nobody asked"));
    for (const path of [`posts/${postId}/example`, "posts/nope/example"])
      expect(await api(test, "mira", "GET", path)).toMatchObject({ status: 404, json: { detail: expect.any(String) } });
  });
});
