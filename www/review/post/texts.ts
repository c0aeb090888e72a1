// The texts of a submission that readers would see, by field.
import type { PostDetail, Submission } from "../api/types.js";

/** The name of the field every post has. */
export const BODY = "body";

/** Every field with something in it, the body last: titles come before what they are titles of. */
export function textsOf({ post }: Submission): readonly (readonly [string, string])[] {
  const fields = Object.entries(post.fields ?? {}).filter(([, text]) => text !== "");
  return [...fields, [BODY, post.body]];
}

/** The fields of two submissions with both their texts, those that differ only. */
export function changedTexts(before: Submission, after: Submission): { field: string; before: string; after: string }[] {
  const [old, now] = [new Map(textsOf(before)), new Map(textsOf(after))];
  const fields = [...new Set([...old.keys(), ...now.keys()])];
  return fields
    .map((field) => ({ field, before: old.get(field) ?? "", after: now.get(field) ?? "" }))
    .filter((text) => text.before !== text.after);
}

/** Every text a post had, the oldest first, the present one last. */
export const versionsOf = ({
  versions,
  version,
  submission,
}: PostDetail): { version: number; until: string | null; submission: Submission }[] => [
  ...versions.map((each) => ({ version: each.version, until: each.replacedAt, submission: each.submission })),
  { version, until: null, submission },
];
