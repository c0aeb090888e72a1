import { PassThrough } from "node:stream";
import type { Answer, Submission, Verdict } from "countersign";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkLines, lines, readLine, TOO_LONG } from "./jsonl.js";

async function* stream(...chunks: string[]) {
  yield* chunks;
}

async function all(chunks: string[], longest?: number) {
  const read: unknown[] = [];
  for await (const batch of lines(stream(...chunks), longest)) read.push(...batch);
  return read;
}

/** Answers with the body as the verdict's content hash. */
const echo = {
  check({ post }: Submission): Answer {
    return post?.body === undefined ? { error: "`post`: missing" } : { verdict: { contentHash: post.body } as Verdict };
  },
  close: async () => undefined,
};

describe("lines", () => {
  it("are the same however the stream is cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: fc.constantFrom("a", "\n", "é") })), async (chunks) => {
        const whole = chunks.join("").split("\n");
        if (whole.at(-1) === "") whole.pop();
        expect(await all(chunks)).toEqual(whole);
      }),
    );
  });

  it("that are too long are told of and skipped", async () => {
    expect(await all(["abc", "defg\nok\n", "toolong", "er"], 6)).toEqual([TOO_LONG, "ok", TOO_LONG]);
  });
});

describe("a line", () => {
  it("is a submission, or a text taken as an agent's asked-for reply", () => {
    expect(readLine('{"id":"a","text":"hi"}')).toMatchObject({ id: "a", submission: { post: { body: "hi", author: { kind: "agent" } } } });
    expect(readLine('{"id":7,"post":{"body":"x"},"text":"y"}')).toMatchObject({ id: 7, submission: { post: { body: "x" } } });
  });

  it.each(["", "{", "[]", "null", "3"])("that is `%s` is an error", (line) => {
    expect(readLine(line)).toMatchObject({ id: null, error: expect.any(String) });
  });
});

describe("check --jsonl", () => {
  it("answers in order, names bad lines, and ends with 2 because of them", async () => {
    const output = new PassThrough().setEncoding("utf8");
    const complaints: string[] = [];
    const input = stream('{"id":1,"text":"a"}\nnot json\n\n{"id":', '3,"text":"b"}\n{"id":4}\n{"id":5,"text":"c"}');
    const code = await checkLines(echo, { input, output, complain: (message) => complaints.push(message) });
    const answers = output.read().trim().split("\n").map(JSON.parse);
    expect(answers.map((answer: { id: unknown }) => answer.id)).toEqual([1, null, 3, 4, 5]);
    expect(answers[2]).toEqual({ id: 3, verdict: { contentHash: "b" } });
    expect(complaints).toEqual([expect.stringContaining("line 2:"), expect.stringContaining("line 5:")]);
    expect(code).toBe(2);
  });

  it("reads no further while nobody takes the answers", async () => {
    const output = new PassThrough({ highWaterMark: 100 }).setEncoding("utf8");
    let taken = 0;
    async function* endless() {
      for (; taken < 1000; taken++) yield `{"id":${taken},"text":"${"x".repeat(50)}"}\n`;
    }
    const done = checkLines(echo, { input: endless(), output, complain: () => undefined });
    await new Promise((resolve) => setImmediate(resolve));
    expect(taken).toBeLessThan(10);
    output.resume();
    expect(await done).toBe(0);
    expect(taken).toBe(1000);
  });
});
