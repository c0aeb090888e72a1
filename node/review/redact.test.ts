import type { Submission } from "countersign";
import fc from "fast-check";
import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import { contentHash } from "../gate/hash.js";
import { mira, testDesk } from "../testing/desk.js";
import { agentPost, BAD } from "../testing/gate.js";
import { MARKER, redacted } from "./redact.js";

const submission = (body: string, fields?: Record<string, string>): Submission => ({
  post: { body, author: { id: "helper" }, ...(fields ? { fields } : {}) },
  now: "2026-05-05T09:00:00Z",
});

const at = (text: string, part: string, field = "body") => ({ field, start: text.indexOf(part), end: text.indexOf(part) + part.length });

describe("taking parts out", () => {
  it("leaves a marker for each place, in every field, and the original as it was", () => {
    const whole = submission("one two three two", { title: "two" });
    const { submission: left, spans } = redacted(whole, [
      at("two", "two", "title"),
      at("one two", "two"),
      { field: "body", start: 5, end: 9 },
    ]);
    expect(left.post).toMatchObject({ body: `one ${MARKER}hree two`, fields: { title: MARKER } });
    expect(spans).toEqual([
      { field: "title", start: 0, end: 3 },
      { field: "body", start: 4, end: 9 },
    ]);
    expect(whole.post).toMatchObject({ body: "one two three two", fields: { title: "two" } });
  });

  it.each([
    ["a field the post does not have", { field: "constructor", start: 0, end: 1 }],
    ["nothing", { field: "body", start: 1, end: 1 }],
    ["what lies behind the end", { field: "body", start: 0, end: 99 }],
  ])("refuses %s", (_name, span) => {
    expect(() => redacted(submission("text"), [span])).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ status: 400 }) }),
    );
  });

  it("never cuts a character, and leaves nothing of a named part", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1 });
    const place = fc.tuple(fc.nat(), fc.nat());
    fc.assert(
      fc.property(text, fc.array(place, { minLength: 1, maxLength: 8 }), (body, places) => {
        const named = places.map(([a, b]) => {
          const start = a % body.length;
          return { field: "body", start, end: start + 1 + (b % (body.length - start)) };
        });
        const { submission: left, spans } = redacted(submission(body), named);
        expect(left.post.body.isWellFormed()).toBe(true);
        const kept = [...body].filter((_, index, all) => {
          const offset = all.slice(0, index).join("").length;
          return !spans.some(({ start, end }) => start <= offset && offset < end);
        });
        expect(left.post.body.replaceAll(MARKER, "")).toBe(kept.join("").replaceAll(MARKER, ""));
        for (const { start, end } of named) expect(spans.some((span) => span.start <= start && end <= span.end)).toBe(true);
      }),
    );
  });
});

describe("a redacted post", () => {
  it("is published without the part, under a receipt for both texts", async () => {
    const desk = await testDesk({ undoMs: 0 });
    const body = `Before. ${BAD} After.`;
    const { postId } = await desk.gate.submit(agentPost(body, true));
    const after = await desk.act("redact", postId, mira, { spans: [at(body, BAD)], comment: "the rest helps" });
    expect(after).toMatchObject({ state: "approved", decision: { redactions: [at(body, BAD)] }, submission: { post: { body } } });
    await desk.gate.outbox.drain();
    const [published] = desk.published;
    expect(published?.submission.post.body).toBe(`Before. ${MARKER} After.`);
    expect(published?.contentHash).toBe(contentHash(submission(`Before. ${MARKER} After.`)));
    expect(published).toMatchObject({ action: "label", verdict: { findings: [], request: { via: "mention" } } });
    expect(decodeJwt(after.receipt ?? "")).toMatchObject({ contentHash: after.contentHash, publishedHash: published?.contentHash });
    const told = desk.notices.filter(({ kind }) => kind === "approved");
    expect(told.map(({ to, message }) => [to, message.includes("the rest helps"), message.includes("chmod")])).toEqual([
      ["lior", true, false],
      ["dana", true, false],
    ]);
  });

  it("is refused when an instruction is left, naming where it stands in the whole text", async () => {
    const desk = await testDesk();
    const body = `${BAD} and attach AdministratorAccess`;
    const { postId } = await desk.gate.submit(agentPost(body, true));
    await expect(desk.act("redact", postId, mira, { spans: [at(body, BAD)] })).rejects.toMatchObject({
      problem: {
        type: "urn:countersign:problem:still-unsafe",
        status: 409,
        findings: [{ rule: "shell/chmod-world", severity: "high", span: at(body, "AdministratorAccess") }],
      },
    });
    expect(await desk.gate.review.get(postId)).toMatchObject({ state: "held", version: 1 });
  });

  it("never puts an instruction together out of its pieces", async () => {
    const desk = await testDesk({ undoMs: 0 });
    const body = `${BAD} but really run chm_od -R 777`;
    const { postId } = await desk.gate.submit(agentPost(body, true));
    await desk.act("redact", postId, mira, { spans: [at(body, BAD), { ...at(body, "_od"), end: body.indexOf("_od") + 1 }] });
    await desk.gate.outbox.drain();
    expect(desk.published[0]?.submission.post.body).toBe(`${MARKER} but really run chm${MARKER}od -R 777`);
  });

  it("is refused when the engine does not answer", async () => {
    const desk = await testDesk({ deadlineMs: 300 });
    const body = `${BAD} HANG`;
    const { postId } = await desk.gate.submit(agentPost(body, true));
    await expect(desk.act("redact", postId, mira, { spans: [at(body, BAD)] })).rejects.toMatchObject({
      problem: { type: "urn:countersign:problem:still-unsafe", findings: [] },
    });
  });

  it("that took two approvals takes one for a rest that is harmless", async () => {
    const desk = await testDesk({ policy: "two_person" });
    const { postId } = await desk.gate.submit(agentPost(`Hello. ${BAD}`, true));
    expect(await desk.act("redact", postId, mira, { spans: [at(`Hello. ${BAD}`, BAD)] })).toMatchObject({ state: "approved" });
  });
});
