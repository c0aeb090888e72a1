import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSetup } from "./setup.js";

describe("a setup", () => {
  it("is read from a policy file and the rule files of a folder, in order", () => {
    const folder = mkdtempSync(join(tmpdir(), "countersign-setup-"));
    for (const name of ["b.toml", "a.toml", "notes.md"]) writeFileSync(join(folder, name), name);
    expect(readSetup({ policyFile: join(folder, "a.toml"), rulesFolder: folder })).toEqual({
      policy: "a.toml",
      rules: [
        { name: "a.toml", toml: "a.toml" },
        { name: "b.toml", toml: "b.toml" },
      ],
    });
  });

  it("says which file or folder cannot be read", () => {
    expect(() => readSetup({ policyFile: "/no/such.toml" })).toThrow("cannot read the policy `/no/such.toml`");
    expect(() => readSetup({ rulesFolder: "/no/such" })).toThrow("cannot read the rules folder `/no/such`");
  });
});
