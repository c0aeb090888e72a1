import { describe, expect, test } from "vitest";
import { ordinary } from "../../../tests/review/fixtures.js";
import type { PostDetail } from "../api/types.js";
import { bounds, empty, fromFinding, missing, requestOf } from "./draft.js";

const NOW = Date.parse("2026-11-22T12:00:00Z");

/** A post of the page's fixtures with its first finding. */
function found(over: Partial<PostDetail> = {}) {
  const post = { ...ordinary("p-1", "2026-11-22T11:00:00Z"), ...over };
  const [finding] = post.verdict?.findings ?? [];
  if (finding === undefined) throw new Error("the fixture has no finding");
  return { post, finding };
}

describe("the form of an exception", () => {
  test("is filled in as narrowly as the post says", () => {
    const { post, finding } = found({ category: "lab" });
    expect(fromFinding(post, finding, NOW)).toMatchObject({
      rule: finding.rule,
      category: "lab",
      thread: "",
      author: post.author.id,
      postId: "p-1",
    });
    const bare = found({ category: null });
    expect(fromFinding(bare.post, bare.finding, NOW)).toMatchObject({ category: "", thread: bare.post.thread.id });
  });

  test("ends in a quarter, and in a year at the latest", () => {
    expect(empty(NOW).expires).toBe("2027-02-20");
    expect(bounds(NOW)).toEqual({ min: "2026-11-23", max: "2027-11-22" });
  });

  test("says what is missing, in the order of its fields", () => {
    const draft = { ...empty(NOW), rule: " " };
    expect(missing(draft)).toBe("rule");
    expect(missing({ ...draft, rule: "a/b" })).toBe("scope");
    expect(missing({ ...draft, rule: "a/b", author: "x" })).toBe("reason");
    expect(missing({ ...draft, rule: "a/b", author: "x", reason: "r", expires: "" })).toBe("expires");
    expect(missing({ ...draft, by: "fingerprint", fingerprint: "f", author: "x", reason: "r" })).toBeNull();
  });

  test("asks for one rule or one instruction, to the end of a day", () => {
    const draft = { ...empty(NOW), rule: " a/b ", fingerprint: "f", author: " x ", reason: " r ", expires: "2026-12-31", postId: "p-1" };
    const rest = { scope: { author: "x" }, reason: "r", expires: "2026-12-31T23:59:59Z", postId: "p-1" };
    expect(requestOf(draft)).toEqual({ rule: "a/b", ...rest });
    expect(requestOf({ ...draft, by: "fingerprint" })).toEqual({ fingerprint: "f", ...rest });
  });
});
