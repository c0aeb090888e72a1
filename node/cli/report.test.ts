import type { Finding, Verdict } from "countersign";
import { expect, it } from "vitest";
import { report, stands } from "./report.js";

const finding = (start: number, end: number) =>
  ({
    severity: "critical",
    title: "opens a folder",
    rule: "shell/x",
    field: "body",
    span: { start, end },
    decoded: [],
    why: "everyone writes",
    safer: "name one",
  }) as unknown as Finding;
const verdict = (...findings: Finding[]) =>
  ({ action: "hold", reasons: [{ code: "x", message: "a finding" }], findings }) as unknown as Verdict;

it("quotes the line a finding stands in and marks its place", () => {
  const text = "first\n  chmod 777 /\nlast";
  expect(
    report("post.md", text, verdict(finding(8, 19)))
      .split("\n")
      .slice(0, 3),
  ).toEqual(["post.md:2:3: critical: opens a folder (shell/x)", "  |   chmod 777 /", "  |   ^^^^^^^^^^^"]);
});

it("lets no file drive the terminal", () => {
  const text = "\u001b]0;owned\u0007\u202e chmod 777 /";
  expect(report("post.md", text, verdict(finding(13, 24)))).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
});

it("keeps a very long line short", () => {
  const text = `${"a".repeat(5000)}chmod 777 /${"b".repeat(5000)}`;
  const widest = Math.max(
    ...report("post.md", text, verdict(finding(5000, 5011)))
      .split("\n")
      .map((line) => line.length),
  );
  expect(widest).toBeLessThan(200);
});

it("fails a check for what would be held, blocked or flagged", () => {
  const actions = ["publish", "label", "flag", "hold", "block"] as const;
  expect(actions.filter((action) => stands({ action } as Verdict))).toEqual(["flag", "hold", "block"]);
});
