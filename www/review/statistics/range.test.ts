import { describe, expect, test } from "vitest";
import { addressOf, daysIn, lastDays, readRange } from "./range.js";

const NOW = Date.parse("2026-11-22T23:30:00Z");

describe("the days of an address", () => {
  test("are read back as they were written", () => {
    const range = { from: "2026-02-27", to: "2026-03-01" };
    expect(readRange(addressOf(range).replace("#/statistics", ""), NOW)).toEqual(range);
    expect(daysIn(range)).toBe(3);
  });

  test.each([
    "",
    "?from=2026-11-01",
    "?from=2026-02-30&to=2026-03-01",
    "?from=2026-03-02&to=2026-03-01",
    "?from=2024-01-01&to=2026-01-01",
    "?from=<b>&to=x",
  ])("are the last thirty for %j", (path) => {
    expect(readRange(path, NOW)).toEqual({ from: "2026-10-24", to: "2026-11-22" });
  });

  test("end today, in UTC", () => {
    expect(lastDays(1, NOW)).toEqual({ from: "2026-11-22", to: "2026-11-22" });
  });
});
