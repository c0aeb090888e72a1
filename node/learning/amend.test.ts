import fc from "fast-check";
import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import { Seat } from "../engine/seat.js";
import { SHIPPED } from "../engine/source.js";
import { type Excepted, withExceptions } from "./amend.js";

const exception = (over: Partial<Excepted> = {}): Excepted => ({
  rule: "shell/chmod",
  fingerprint: null,
  scope: JSON.stringify({ category: "sandbox" }),
  reason: "a sandbox",
  expires: "2027-01-31T00:00:00.000Z",
  ...over,
});

async function accepted(policy: string | undefined) {
  const seat = new Seat(SHIPPED, { policy });
  const start = await seat.started;
  seat.discard("undecided/engine");
  return start;
}

describe("a policy with exceptions", () => {
  it("is the policy itself when there are none", () => {
    expect(withExceptions("strictness = 2 # ours", [])).toBe("strictness = 2 # ours");
    expect(withExceptions(undefined, [])).toBeUndefined();
  });

  it("keeps the forum's own text, line by line, and names a fingerprint instead of its rule", () => {
    const own = "# ours\nstrictness = 2";
    const text = withExceptions(own, [exception(), exception({ fingerprint: "0123456789abcdef" })]) ?? "";
    expect(text.startsWith(own)).toBe(true);
    expect(parse(text).allow).toEqual([
      { rule: "shell/chmod", category: "sandbox", reason: "a sandbox", expires: "2027-01-31T00:00:00.000Z" },
      { fingerprint: "0123456789abcdef", category: "sandbox", reason: "a sandbox", expires: "2027-01-31T00:00:00.000Z" },
    ]);
  });

  it.each([
    ["tables", '[[allow]]\nrule = "a/b"\ncategory = "*"\nreason = "r"\nexpires = "2027-01-01T00:00:00Z"\n[human]\nfinding = "flag"'],
    ["one line", 'allow = [{ rule = "a/b", category = "*", reason = "r", expires = "2027-01-01T00:00:00Z" }]\nstrictness = 2'],
  ])("adds to entries of its own in %s", async (_name, own) => {
    const text = withExceptions(own, [exception()]);
    expect(parse(text ?? "").allow).toMatchObject([{ rule: "a/b" }, { rule: "shell/chmod" }]);
    expect(await accepted(text)).toHaveProperty("ready");
  });

  it("leaves a faulty policy's faults to the engine, on their own lines", async () => {
    expect(await accepted(withExceptions("\nstrictnes = 1", [exception()]))).toEqual({
      refused: expect.stringContaining("line 2: unknown key `strictnes`"),
    });
    expect(await accepted(withExceptions("strictness = [", [exception()]))).toEqual({ refused: expect.stringContaining("line 1") });
  });

  it("holds any reason and any scope as what it is, for the engine too", async () => {
    const word = fc.string({ unit: "binary", minLength: 1 }).map((text) => `x${text.toWellFormed()}`);
    const hostile = fc.constantFrom('"]\n[kill_switch]\nall_agents = true\n#', "'''\n", '"""', "\u0000\u007f\u2028\r\n\t\\u0041", "]]");
    const texts: string[] = [];
    fc.assert(
      fc.property(fc.oneof(word, hostile), word, (reason, thread) => {
        const text = withExceptions("strictness = 2", [exception({ reason, scope: JSON.stringify({ thread }) })]) ?? "";
        expect(parse(text)).toEqual({ strictness: 2, allow: [{ rule: "shell/chmod", thread, reason, expires: exception().expires }] });
        texts.push(text.slice("strictness = 2".length));
      }),
    );
    expect(await accepted(texts.join("\n"))).toHaveProperty("ready");
  });
});
