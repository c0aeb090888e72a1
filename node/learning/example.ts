/**
 * A false alarm as an example for the rules: once as what the rule has to leave alone, once as a case with the whole post, to be
 * pasted into the rule's file and into `tests/cases`.
 */
import type { Finding, Submission, Verdict } from "countersign";
import { stringify } from "smol-toml";
import { ProblemError } from "../api/problems.js";
import type { PostRow } from "../store/tables.js";

// Fixed words only: nothing of the post stands in a comment, where a line break would end it.
const HEAD = `# Taken from a real post that a moderator called a false alarm. Names and hosts stand as they were in it: change what must not
# leave the forum, then paste the rule's \`ignores\` into its file in \`rules/\` and the case into a file of \`tests/cases/\`.
`;

type Rule = { id: string; ignores: string[] };

/** The part of the post a finding is about, with the rest of its lines: what a rule's example is read as. */
function around({ post }: Submission, { field, span }: Finding): string {
  const text = field === "body" ? post.body : (post.fields?.[field] ?? "");
  const start = text.slice(0, span.start).lastIndexOf("\n") + 1;
  const end = text.indexOf("\n", span.end);
  return text.slice(start, end === -1 ? text.length : end).trim();
}

function rulesOf(submission: Submission, findings: readonly Finding[]): Rule[] {
  const rules = new Map<string, Set<string>>();
  for (const finding of findings) {
    const examples = rules.get(finding.rule) ?? new Set();
    rules.set(finding.rule, examples.add(around(submission, finding)));
  }
  return [...rules].map(([id, ignores]) => ({ id, ignores: [...ignores] }));
}

/** The post as a case, without its thread: whoever spoke there has nothing to do with it. What the gate should have done is what it does with a post in which nothing is found. */
function caseOf(row: PostRow, { post, thread }: Submission, verdict: Verdict) {
  const asked = verdict.request.status === "requested";
  const agent = row.authorKind === "agent";
  const action = agent ? (asked ? "label" : "block") : "publish";
  return {
    name: `false alarm in post ${row.id}`,
    ...(agent ? {} : { author: row.authorKind }),
    ...(asked ? {} : { asked }),
    ...(thread?.category === undefined ? {} : { category: thread.category }),
    ...(post.format === undefined ? {} : { format: post.format }),
    body: post.body,
    ...(post.fields === undefined ? {} : { fields: post.fields }),
    expect: { finds: [], ...(agent || row.authorKind === "human" ? { action } : {}) },
  };
}

/**
 * The example of a post.
 *
 * @param fingerprint the only finding to make one of; all of them when left out
 * @returns TOML: `[[rule]]` with `id` and `ignores`, and `[[case]]` with the post
 * @throws ProblemError `not-found` when nothing was found in the post, or its text was erased
 */
export function example(row: PostRow, fingerprint?: string): string {
  const verdict = row.verdict === null ? undefined : (JSON.parse(row.verdict) as Verdict);
  const findings = (verdict?.findings ?? []).filter((finding) => fingerprint === undefined || finding.fingerprint === fingerprint);
  if (row.erasedAt !== null) throw new ProblemError("not-found", "the post's text was erased, so there is no example to take from it");
  if (verdict === undefined || findings.length === 0)
    throw new ProblemError("not-found", "nothing was found in this post, so there is no false alarm to take from it");
  const submission = JSON.parse(row.submission) as Submission;
  return `${HEAD}\n${stringify({ rule: rulesOf(submission, findings), case: [caseOf(row, submission, verdict)] })}`;
}
