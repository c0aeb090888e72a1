import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agentPost, humanPost, testGate } from "../testing/gate.js";
import { intake, LARGEST_BYTES } from "./intake.js";

const clock = new Date("2026-05-05T09:00:00Z");
const big = "a".repeat(5_000_000);

describe("a malformed submission", () => {
  const post = { body: "x", author: { id: "dana" } };
  const bad: [string, unknown, string][] = [
    ["nothing", undefined, "`submission`"],
    ["a string", "x", "`submission`"],
    ["no post", {}, "`post`"],
    ["no body", { post: { author: { id: "dana" } } }, "`post.body`"],
    ["no author", { post: { body: "x" } }, "`post.author`"],
    ["an empty author id", { post: { body: "x", author: { id: "" } } }, "`post.author.id`"],
    ["an unknown kind", { post: { body: "x", author: { id: "dana", kind: "robot" } } }, "`post.author.kind`"],
    ["a field that is no text", { post: { ...post, fields: { title: 1 } } }, "`post.fields.title`"],
    ["a thread without id", { post, thread: { posts: [] } }, "`thread.id`"],
    ["a negative count", { post: { ...post, composition: { ms: -1 } } }, "`post.composition.ms`"],
  ];
  it.each(bad)("with %s is refused, naming the field", (_name, input, field) => {
    expect(() => intake(input, clock)).toThrow(field);
    expect(() => intake(input, clock)).toThrow("correct the named field");
  });

  it("is held when it is recognisably an agent's, and its text kept", async () => {
    const { gate } = await testGate();
    const broken = { post: { body: "my analysis", thread: 7, author: { id: "helper", kind: "Agent" }, onBehalfOf: "lior" } };
    const outcome = await gate.submit(broken as never);
    expect(outcome).toMatchObject({
      action: "hold",
      undecided: "undecided/malformed",
      problem: { detail: expect.stringContaining("post.thread") },
    });
    expect((await gate.review.get(outcome.postId)).submission.post.body).toBe("my analysis");
  });
});

describe("secrets", () => {
  it("reach neither store nor log", async () => {
    const { gate, logged } = await testGate();
    const post = agentPost("my analysis TRAP");
    const request = { headers: { authorization: "Bearer s3cret", cookie: "sid=s3cret" } };
    const client = { auth: "token", app: "bot", token: "s3cret" };
    const outcome = await gate.submit({
      ...post,
      req: request,
      headers: request.headers,
      post: { ...post.post, client, token: "s3cret" },
    } as never);
    expect(outcome.action).toBe("hold");
    expect(JSON.stringify([await gate.review.get(outcome.postId), await gate.audit.list(), logged])).not.toContain("s3cret");
  });
});

describe("text that cannot be read", () => {
  it("is held for agents when halves of characters are in it", async () => {
    const { gate } = await testGate();
    const outcome = await gate.submit(agentPost("run \ud800 this", true));
    expect(outcome).toMatchObject({
      action: "hold",
      undecided: "undecided/ill-formed",
      problem: { detail: expect.stringContaining("lone surrogates") },
    });
    expect((await gate.review.get(outcome.postId)).submission.post.body).toBe("run \ufffd this");
    expect(await gate.submit(humanPost("run \udc00 this"))).toMatchObject({ action: "publish", undecided: "undecided/ill-formed" });
    const title = agentPost("fine", true);
    title.post.fields = { title: "\ud83d" };
    expect((await gate.submit(title)).action).toBe("hold");
  });

  it("is held for agents when it is larger than the engine reads, and nothing of it is lost", async () => {
    const { gate } = await testGate();
    const outcome = await gate.submit(agentPost(big, true));
    expect(outcome).toMatchObject({
      action: "hold",
      undecided: "undecided/oversize",
      problem: { detail: expect.stringContaining("1 MiB") },
    });
    expect((await gate.review.get(outcome.postId)).submission.post.body).toHaveLength(big.length);
    expect(await gate.submit(humanPost(big))).toMatchObject({ action: "publish", undecided: "undecided/oversize" });
  });

  it("counts every rendered text, in UTF-8 bytes", () => {
    const input = (body: string) => ({ post: { body, fields: { title: "é" }, author: { id: "a" } } });
    expect(intake(input("a".repeat(LARGEST_BYTES - 2)), clock).unread).toBeUndefined();
    expect(intake(input("a".repeat(LARGEST_BYTES - 1)), clock).unread).toBe("undecided/oversize");
  });

  it("keeps NUL bytes and shows them as what they are", async () => {
    const { gate } = await testGate();
    const body = "chmod -R 777 /srv\u0000\u0007 end";
    const { postId } = await gate.submit(agentPost(body, true));
    const post = await gate.review.get(postId);
    expect(post.submission.post.body).toBe(body);
    const unasked = await gate.submit(agentPost("a\u0000b"));
    expect((await gate.review.get(unasked.postId)).excerpt).toBe("a\ufffdb");
  });
});

describe("the clock", () => {
  const at = (minutes: number) => new Date(clock.getTime() + minutes * 60_000).toISOString();

  it("is the gate's when the host gives none, or one that is off", () => {
    const { now: _now, ...without } = { ...humanPost("x") };
    expect(intake(without, clock)).toMatchObject({ submission: { now: clock.toISOString() }, notes: [] });
    expect(intake({ ...without, now: at(4) }, clock)).toMatchObject({ submission: { now: at(4) }, notes: [] });
    for (const now of [at(6), at(-6), "yesterday", ""]) {
      expect(intake({ ...without, now }, clock)).toMatchObject({
        submission: { now: clock.toISOString() },
        notes: [expect.stringContaining("`now`")],
      });
    }
  });

  it("does not let a post be written in the future", () => {
    const written = (time: string) => intake({ post: { body: "x", at: time, author: { id: "dana" } } }, clock);
    expect(written(at(-600)).submission.post.at).toBe(at(-600));
    expect(written(at(6))).toMatchObject({
      submission: { post: { at: clock.toISOString() } },
      notes: [expect.stringContaining("`post.at`")],
    });
  });
});

describe("a missing thread", () => {
  it("leaves an agent's post unasked, and says why", async () => {
    const { gate } = await testGate();
    const { thread: _thread, ...post } = agentPost("answer", true);
    const outcome = await gate.submit(post);
    expect(outcome).toMatchObject({ action: "block", problem: { detail: expect.stringContaining("gave no context for the thread") } });
  });

  it("is noticed when the context is another thread's", () => {
    const post = agentPost("answer", true);
    post.thread.id = "t2";
    expect(intake(post, clock).submission.thread).toBeUndefined();
  });
});

describe("any input", () => {
  it("is either refused as a problem or made ready", () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 4 }), fc.string({ unit: "binary" }), (extra, body) => {
        for (const input of [
          extra,
          { post: extra },
          { post: { body, author: extra } },
          { post: { body, author: { id: "a", kind: "agent" } }, thread: extra },
        ]) {
          try {
            expect(intake(input, clock).submission.post.body.isWellFormed()).toBe(true);
          } catch (error) {
            expect(error).toMatchObject({ problem: { status: 400 } });
          }
        }
      }),
    );
  });
});
