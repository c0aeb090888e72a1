import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hostile, ordinary } from "../../../tests/review/fixtures.js";
import { changes } from "./changes.js";
import { highlight } from "./highlight.js";
import { reference } from "./reference.js";
import { reveal } from "./reveal.js";
import { context } from "./thread.js";

/** Any string there can be: lone surrogates, controls and all. */
const anyText = (maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength }).map((units) => String.fromCharCode(...units));
const AT = "2026-03-12T09:00:00Z";

describe("highlight", () => {
  const text = "run sudo chmod 777 now";

  test("cuts a text where spans overlap and says which lie over each stretch", () => {
    const segments = highlight(text, [
      { start: 4, end: 18 },
      { start: 9, end: 22 },
    ]);
    expect(segments).toEqual([
      { text: "run ", marks: [], starts: [] },
      { text: "sudo ", marks: [0], starts: [0] },
      { text: "chmod 777", marks: [0, 1], starts: [1] },
      { text: " now", marks: [1], starts: [] },
    ]);
  });

  test("shows two findings on the very same characters as one stretch", () => {
    const span = { start: 0, end: 3 };
    expect(highlight(text, [span, span])[0]).toEqual({ text: "run", marks: [0, 1], starts: [0, 1] });
  });

  test("never cuts a character in two", () => {
    expect(highlight("a👍b", [{ start: 2, end: 4 }]).map((segment) => segment.text)).toEqual(["a", "👍b"]);
  });

  test("cuts spans to the text and ignores empty and reversed ones", () => {
    const spans = [
      { start: -5, end: 3 },
      { start: 5, end: 5 },
      { start: 9, end: 7 },
      { start: 20, end: 999 },
    ];
    const marked = highlight(text, spans).filter((segment) => segment.marks.length > 0);
    expect(marked.map(({ text, marks }) => [text, marks])).toEqual([
      ["run", [0]],
      ["ow", [3]],
    ]);
  });

  test("gives back every text, whatever the spans", () => {
    const span = fc.record({ start: fc.integer({ min: -3, max: 60 }), end: fc.integer({ min: -3, max: 60 }) });
    fc.assert(
      fc.property(anyText(40), fc.array(span, { maxLength: 12 }), (text, spans) => {
        const segments = highlight(text, spans);
        expect(segments.map((segment) => segment.text).join("")).toBe(text);
        const started = segments.flatMap((segment) => segment.starts);
        expect(new Set(started).size).toBe(started.length);
      }),
    );
  });
});

describe("reveal", () => {
  const codes = (text: string) => reveal(text).flatMap((part) => ("code" in part ? [part.code] : []));

  test("names characters that reorder, hide or control", () => {
    expect(reveal("safe\u202Eexe")).toEqual([{ text: "safe" }, { code: "U+202E" }, { text: "exe" }]);
    expect(codes("a\u200Bb\u0000c\uFEFFd\u{E0041}\uD800\u3164")).toEqual(["U+200B", "U+0000", "U+FEFF", "U+E0041", "U+D800", "U+3164"]);
  });

  test("leaves ordinary writing alone", () => {
    expect(codes("tabs\tand\r\nlines, 👩‍👩‍👧 and می‌خواهم")).toEqual([]);
  });

  test("shows a joiner that joins nothing", () => {
    expect(codes("ch\u200dmod")).toEqual(["U+200D"]);
  });

  test("loses no other character", () => {
    fc.assert(
      fc.property(anyText(60), (text) => {
        const whole = reveal(text).map((part) =>
          "text" in part ? part.text : String.fromCodePoint(Number.parseInt(part.code.slice(2), 16)),
        );
        expect(whole.join("")).toBe(text.replaceAll("\r\n", "\n"));
      }),
    );
  });
});

describe("reference", () => {
  test("links the web and the known catalogues", () => {
    expect(reference("https://man7.org/x?y#z")).toEqual({ label: "man7.org/x", href: "https://man7.org/x?y#z" });
    expect(reference("CWE-732").href).toBe("https://cwe.mitre.org/data/definitions/732.html");
    expect(reference("T1222.002").href).toBe("https://attack.mitre.org/techniques/T1222/002/");
  });

  test.each(["javascript:alert(1)", "data:text/html,x", " \tjavascript:alert(1)", "ftp://x", "CWE-1/../x", "//evil.example"])(
    "leaves %j as text",
    (text) => {
      expect(reference(text)).toEqual({ label: text, href: null });
    },
  );
});

describe("changes", () => {
  const before = ordinary("p-1", AT);

  test("names what another moderator did", () => {
    const decision = { by: "noa", at: AT, comment: "too wide", state: "rejected" as const };
    expect(changes(before, { ...before, version: 2, state: "rejected", claimedBy: "noa", decision })).toEqual([
      { what: "state", from: "held", to: "rejected" },
      { what: "claimedBy", from: null, to: "noa" },
      { what: "decision", by: "noa", comment: "too wide" },
    ]);
  });

  test("puts changed content first and falls back to the version", () => {
    expect(changes(before, { ...before, version: 2, contentHash: "other", state: "claimed" })[0]).toEqual({ what: "content" });
    expect(changes(before, { ...before, version: 2 })).toEqual([{ what: "version", from: 1, to: 2 }]);
  });
});

describe("context", () => {
  test("finds the question, the answered post and who waits", () => {
    const { question, answered, waiting } = context(ordinary("p-1", AT).submission);
    expect([question?.id, answered?.id, waiting]).toEqual(["q-1", "q-2", "lior"]);
  });

  test("survives a thread without posts or without the answered one", () => {
    expect(context({ post: { body: "", author: { id: "x" } }, now: AT })).toMatchObject({ question: null, answered: null, waiting: null });
    expect(context(hostile("p-2", AT).submission).question?.id).toBe("h-0");
  });
});
