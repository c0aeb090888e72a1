import type { Submission } from "countersign";
import { expect, expectTypeOf, it } from "vitest";
import { SubmissionInput } from "./wire.js";

/** The same type with every property required and none undefined, all the way down. */
type Complete<T> = T extends readonly (infer Item)[]
  ? Complete<Item>[]
  : T extends object
    ? { [Key in keyof T]-?: Complete<Exclude<T[Key], undefined>> }
    : T;

it("takes every field the engine's types name, and no other", () => {
  type Engine = Complete<Omit<Submission, "grants" | "recent">>;
  expectTypeOf<Complete<SubmissionInput>>().toEqualTypeOf<Engine>();
  const read = SubmissionInput.parse({ post: { body: "x", author: { id: "a", password: "p" }, secret: "s" }, req: {}, grants: [] });
  expect(read).toEqual({ post: { body: "x", author: { id: "a" } } });
});
