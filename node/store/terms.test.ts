import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { terms, wanted } from "./terms.js";

describe("terms", () => {
  it.each([
    ["Run `chmod -R 777 /srv`", ["run", "chmod", "r", "777", "srv"]],
    ["shell/chmod-world", ["shell", "chmod", "world"]],
    ["Straße ＡＢＣ ﬁne café CAFÉ", ["straße", "abc", "fine", "cafe"]],
    ["重启服务", ["重", "启", "服", "务", "重启", "启服", "服务"]],
    ["the 重启v2", ["the", "重", "启", "重启", "v2"]],
    ["!?&|*\"'()", []],
  ])("of %j", (text, expected) => {
    expect(terms(text)).toEqual(expected);
  });

  it("hold nothing an index could take for syntax", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        for (const term of terms(text)) expect(term).toMatch(/^[\p{L}\p{N}\p{M}]+$/u);
      }),
    );
  });

  it("find every whole word of a text they were cut from", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 100 }), (text) => {
        const kept = terms(text);
        const found = wanted(text).every(({ term, prefix }) => kept.some((one) => (prefix ? one.startsWith(term) : one === term)));
        expect(found).toBe(true);
      }),
    );
  });

  it("stay within what one row of an index takes", () => {
    const huge = Array.from({ length: 200_000 }, (_, index) => `word${index}`).join(" ");
    expect(Buffer.byteLength(terms(huge).join(" "))).toBeLessThanOrEqual(500_000);
    expect(terms("x".repeat(100_000))).toEqual(["x".repeat(64)]);
  });
});
