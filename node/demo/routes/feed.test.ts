import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { xml } from "./feed.js";

describe("xml", () => {
  it("escapes markup and drops what XML cannot carry", () => {
    expect(xml(`<b a='1' c="2">&\u0000\ud800</b>`)).toBe("&lt;b a=&apos;1&apos; c=&quot;2&quot;&gt;&amp;&lt;/b&gt;");
  });

  it("leaves no mark-up in any string", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => !/[<>"']/u.test(xml(text))));
  });
});
