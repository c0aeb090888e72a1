import { describe, expect, it } from "vitest";
import { needleOf } from "./checks.js";

describe("needleOf", () => {
  it("takes the first line of code", () => {
    expect(needleOf("Do this:\n\n```sh\nkubectl get pods\nls\n```")).toBe("kubectl get pods");
  });

  it("takes the beginning of a text without code, up to a character the feed escapes", () => {
    expect(needleOf("grant it all & be done")).toBe("grant it all");
  });
});
