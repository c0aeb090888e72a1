import { loadEngine, type Submission } from "countersign";
import fc from "fast-check";
import { expect, it } from "vitest";
import { contentHash } from "./hash.js";

it("hashes content as the engine does", async () => {
  const engine = await loadEngine();
  const text = fc.string({ unit: "grapheme" });
  // `__proto__` cannot be a field: it never survives as a key of a plain object.
  const fields = fc.dictionary(
    text.filter((name) => name !== "__proto__"),
    text,
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(text, fields, (body, given) => {
      const submission: Submission = { post: { body, fields: given, author: { id: "dana" } }, now: "2026-05-05T09:00:00Z" };
      const answer = engine.check(submission);
      expect("verdict" in answer && answer.verdict?.contentHash).toBe(contentHash(submission));
    }),
  );
  const astral = {
    post: { body: "b", fields: { "\u{10000}": "1", "\uffff": "2", body: "3" }, author: { id: "d" } },
    now: "2026-05-05T09:00:00Z",
  };
  const answer = engine.check(astral);
  expect("verdict" in answer && answer.verdict?.contentHash).toBe(contentHash(astral));
});
