import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blocksOf } from "./blocks.js";

describe("blocksOf", () => {
  it("keeps a fenced block apart from the paragraphs around it", () => {
    expect(blocksOf("Run this:\n\n```sh\nls -l\npwd\n```\nthen `exit`.")).toEqual([
      { kind: "paragraph", runs: [{ kind: "text", text: "Run this:" }] },
      { kind: "code", text: "ls -l\npwd" },
      {
        kind: "paragraph",
        runs: [
          { kind: "text", text: "then " },
          { kind: "code", text: "exit" },
          { kind: "text", text: "." },
        ],
      },
    ]);
  });

  it("shows the rest of an unclosed fence as code", () => {
    expect(blocksOf("```\nrm -r x")).toEqual([{ kind: "code", text: "rm -r x" }]);
  });

  it("marks mentions and bold, not mail addresses", () => {
    expect(blocksOf("@helper see **this**, not me@example.org")).toEqual([
      {
        kind: "paragraph",
        runs: [
          { kind: "mention", text: "@helper" },
          { kind: "text", text: " see " },
          { kind: "strong", text: "this" },
          { kind: "text", text: ", not me@example.org" },
        ],
      },
    ]);
  });

  it("shows every letter and digit of any text", () => {
    const plain = (text: string) => text.replace(/[^a-z0-9]/giu, "");
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9 \n*@.-]{0,80}$/u), (text) => {
        const shown = blocksOf(text).map((block) => (block.kind === "code" ? block.text : block.runs.map((run) => run.text).join("")));
        expect(plain(shown.join(" "))).toBe(plain(text));
      }),
    );
  });
});
