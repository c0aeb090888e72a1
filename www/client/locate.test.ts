import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { locate, merge, slices } from "./locate.js";

const cut = (text: string, range: { start: number; end: number } | null) => (range ? text.slice(range.start, range.end) : null);
const spanOf = (text: string, part: string) => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length });

describe("locate", () => {
  it("finds a command whose back-ticks the page removed", () => {
    const source = "Just run `chmod -R 777 /srv` and retry";
    const rendered = "Just run chmod -R 777 /srv and retry";
    expect(cut(rendered, locate(source, spanOf(source, "chmod -R 777 /srv"), rendered))).toBe("chmod -R 777 /srv");
  });

  it("finds a sentence with emphasis, across folded lines", () => {
    const source = "Give **everyone**\nwrite access to it.";
    const rendered = "Give everyone write access to it.";
    expect(cut(rendered, locate(source, { start: 0, end: source.length }, rendered))).toBe(rendered);
  });

  it("tells the second of two equal commands from the first", () => {
    const source = "never `chmod 777 /a`; but do `chmod 777 /a`";
    const rendered = "never chmod 777 /a; but do chmod 777 /a";
    const start = source.lastIndexOf("chmod");
    expect(locate(source, { start, end: start + 12 }, rendered)?.start).toBe(rendered.lastIndexOf("chmod"));
  });

  it("gives no answer when the page shows it less often than the source", () => {
    const source = "[see](http://x/chmod777) chmod 777";
    expect(locate(source, spanOf(source, "chmod 777"), "see chmod 777")).toBeNull();
  });

  it("counts UTF-16 units past astral characters", () => {
    const text = "🔐🔐 setenforce 0";
    expect(locate(text, { start: 5, end: 17 }, text)).toEqual({ start: 5, end: 17 });
  });

  it("stays inside the rendered text for any strings and span", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(40), fc.nat(40), (source, rendered, start, length) => {
        const range = locate(source, { start, end: start + length }, rendered);
        expect(range === null || (range.start >= 0 && range.start < range.end && range.end <= rendered.length)).toBe(true);
      }),
    );
  });
});

describe("merge", () => {
  it("joins what overlaps or touches and keeps the rest apart, in order", () => {
    const ranges = [
      { start: 9, end: 12 },
      { start: 0, end: 4 },
      { start: 4, end: 6 },
    ];
    expect(merge(ranges)).toEqual([
      { start: 0, end: 6 },
      { start: 9, end: 12 },
    ]);
  });
});

describe("slices", () => {
  it("cuts a range at the borders of text nodes", () => {
    expect(slices([4, 0, 6, 3], { start: 2, end: 11 })).toEqual([
      { index: 0, start: 2, end: 4 },
      { index: 2, start: 0, end: 6 },
      { index: 3, start: 0, end: 1 },
    ]);
  });

  it("covers exactly the range for any cut of a text", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9)), fc.nat(30), fc.nat(30), (lengths, start, length) => {
        const total = lengths.reduce((sum, one) => sum + one, 0);
        const covered = slices(lengths, { start, end: start + length }).reduce((sum, slice) => sum + slice.end - slice.start, 0);
        expect(covered).toBe(Math.max(0, Math.min(start + length, total) - Math.min(start, total)));
      }),
    );
  });
});
