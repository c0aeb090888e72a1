import { describe, expect, test } from "vitest";
import { comment, REASONS } from "./decide/reasons.js";
import { BINDINGS, commandFor } from "./keyboard/keys.js";
import { LANGUAGES, preferred, say, word } from "./locale/locale.js";
import { duration } from "./locale/time.js";
import { visible } from "./queue/window.js";

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
    expect(say("en", "queue.found", { found: "{loaded}", loaded: 50 })).toBe("{loaded} of 50 loaded");
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
  const anywhere = { typing: false, control: false, reading: false, dialog: false };

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
    expect(commandFor(press("Enter"), { ...anywhere, control: true }, true)).toBeNull();
    expect(commandFor(press("ArrowDown"), { ...anywhere, reading: true }, true)).toBeNull();
  });

  test("without a modifier can be turned off", () => {
    expect(commandFor(press("a"), anywhere, false)).toBeNull();
    expect(commandFor(press("ArrowDown"), anywhere, false)).toBe("next");
  });
});

describe("the window over a long list", () => {
  test("covers the screen and little more", () => {
    expect(visible(0, 900, 90, 10_000)).toEqual({ from: 0, to: 18 });
    expect(visible(450_000, 900, 90, 10_000)).toEqual({ from: 4992, to: 5018 });
  });

  test("stays inside a list that has become short", () => {
    expect(visible(450_000, 900, 90, 3)).toEqual({ from: 3, to: 3 });
    expect(visible(-40, 900, 90, 0)).toEqual({ from: 0, to: 0 });
  });
});

describe("reasons", () => {
  test("are sentences, joined with the moderator's own words", () => {
    expect(REASONS.length).toBeGreaterThan(3);
    expect(comment("Too wide.", " Ask ops. ")).toBe("Too wide.\n\nAsk ops.");
    expect(comment(null, "  ")).toBeNull();
  });
});
