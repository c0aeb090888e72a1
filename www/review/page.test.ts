import { describe, expect, test } from "vitest";
import { ordinary } from "../../tests/review/fixtures.js";
import { summaryOf } from "../../tests/review/listing.js";
import { comment, reasonsOf } from "./decide/reasons.js";
import { parts, placeIn } from "./decide/redaction.js";
import { BINDINGS, commandFor } from "./keyboard/keys.js";
import { LANGUAGES, preferred, say, word } from "./locale/locale.js";
import { duration } from "./locale/time.js";
import { AROUND, entriesOf, groupAt, layout, visible } from "./queue/window.js";
import { groups } from "./state/groups.js";

describe("languages", () => {
  const places = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(String).sort();
  const { en, de } = LANGUAGES;

  test("have the same sentences with the same places to fill", () => {
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
    for (const [key, sentence] of Object.entries(en)) expect([key, places(de[key as keyof typeof de])]).toEqual([key, places(sentence)]);
  });

  test("are chosen by what the reader prefers", () => {
    expect(preferred(["fr-CA", "de-AT", "en"])).toBe("de");
    expect(preferred(["toString"])).toBe("en");
  });

  test("fill places with values as they are", () => {
    expect(say("en", "facet.least", { name: "{name}" })).toBe("{name} or worse");
    expect(word("en", "state", "held")).toBe("Held");
    expect(word("en", "state", "<b>new</b>")).toBe("<b>new</b>");
  });
});

describe("durations", () => {
  test.each([
    [0, "0s"],
    [59, "59s"],
    [725, "12m 5s"],
    [7200, "2h"],
    [187_260, "2d 4h"],
    [-5, "0s"],
  ])("%i s read %s", (seconds, text) => {
    expect(duration(seconds, "en")).toBe(text);
  });
});

describe("keys", () => {
  const press = (key: string, over = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...over });
  const anywhere = { typing: false, control: false, reading: false, dialog: false, queue: true };

  test("mean one thing each", () => {
    const keys = BINDINGS.flatMap((binding) => binding.keys);
    expect(new Set(keys).size).toBe(keys.length);
    for (const binding of BINDINGS.filter(({ command }) => command !== "send"))
      for (const key of binding.keys) expect(commandFor(press(key), anywhere, true)).toBe(binding.command);
  });

  test("stay with whoever is typing, with dialogs and with the browser", () => {
    expect(commandFor(press("a"), { ...anywhere, typing: true }, true)).toBeNull();
    expect(commandFor(press("Escape"), { ...anywhere, typing: true }, true)).toBe("close");
    expect(commandFor(press("a"), { ...anywhere, dialog: true }, true)).toBeNull();
    expect(commandFor(press("a", { ctrlKey: true }), anywhere, true)).toBeNull();
    expect(commandFor(press("a"), { ...anywhere, queue: false }, true)).toBeNull();
    expect(commandFor(press("?"), { ...anywhere, queue: false }, true)).toBe("help");
    expect(commandFor(press("Enter"), { ...anywhere, control: true }, true)).toBeNull();
    expect(commandFor(press("ArrowDown"), { ...anywhere, reading: true }, true)).toBeNull();
  });

  test("without a modifier can be turned off", () => {
    expect(commandFor(press("a"), anywhere, false)).toBeNull();
    expect(commandFor(press("ArrowDown"), anywhere, false)).toBe("next");
  });
});

describe("the window over a long list", () => {
  const posts = Array.from({ length: 10_000 }, (_, index) =>
    summaryOf(ordinary(`p-${index}`, "2026-03-12T09:00:00Z", index < 100 ? "critical" : "low")),
  );
  const lines = layout(entriesOf(groups(posts, "severity"), true), { post: 90, head: 30 });

  test("covers the screen and little more, headings among it", () => {
    expect(visible(lines, 0, 900)).toEqual({ from: 0, to: 11 + AROUND });
    expect(visible(lines, 450_000, 900)).toEqual({ from: 5001 - AROUND, to: 5012 + AROUND });
    expect(lines.entries[101]).toMatchObject({ kind: "head", group: { key: "low" } });
    expect(lines.tops.at(-1)).toBe(10_000 * 90 + 2 * 30);
  });

  test("knows which group it is inside of", () => {
    expect([0, 31, 9000, 9031].map((top) => groupAt(lines, top)?.key)).toEqual([undefined, "critical", "critical", "low"]);
  });

  test("stays inside a list that has become short or empty", () => {
    const few = layout(entriesOf(groups(posts.slice(0, 3), "none"), false), { post: 90, head: 30 });
    expect(visible(few, 450_000, 900)).toEqual({ from: 0, to: 3 });
    expect(visible(layout([], { post: 90, head: 30 }), -40, 900)).toEqual({ from: 0, to: 0 });
  });
});

describe("reasons", () => {
  test("are sentences, joined with the moderator's own words", () => {
    expect(reasonsOf(null, "de").length).toBeGreaterThan(3);
    const own = [{ id: "x", title: "Ours", text: "Our own reason." }];
    const session = {
      moderator: { id: "m", name: "M", role: "moderator" as const },
      version: "",
      undoMs: 0,
      claimMs: 0,
      reasons: own,
      signOut: null,
    };
    expect(reasonsOf(session, "de")).toEqual(own);
    expect(comment("Too wide.", " Ask ops. ")).toBe("Too wide.\n\nAsk ops.");
    expect(comment(null, "  ")).toBeNull();
  });
});

describe("a redaction", () => {
  const span = (start: number, end: number) => ({ field: "body", start, end });

  test("takes out what was chosen, each place once, and nothing else", () => {
    expect(parts("0123456789", [span(4, 6), span(1, 2), span(5, 7), span(9, 99)])).toEqual([
      { text: "0", out: false },
      { text: "1", out: true },
      { text: "23", out: false },
      { text: "456", out: true },
      { text: "78", out: false },
      { text: "9", out: true },
    ]);
    expect(parts("abc", [])).toEqual([{ text: "abc", out: false }]);
  });

  test("finds its place although a text field holds line ends as one character", () => {
    expect([0, 1, 2, 3, 9].map((offset) => placeIn("a\r\nb\n", offset))).toEqual([0, 1, 3, 4, 5]);
  });
});
