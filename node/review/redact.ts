/**
 * Publishing the rest: parts of a post are taken out, and what is left is judged anew, so that taking words out never lets another
 * instruction through.
 */
import type { Submission, Verdict } from "countersign";
import { ProblemError } from "../api/problems.js";
import type { FieldSpan, Remaining } from "../api/schema.js";
import { type Judgement, parts } from "../engine/source.js";
import { contentHash, renderedBytes } from "../gate/hash.js";
import { LARGEST_BYTES } from "../gate/intake.js";

/** What stands where something was taken out. */
export const MARKER = "[removed by a moderator]";

/** A post without what was taken out: what is published, and what the engine says of it. */
export type Redaction = { submission: Submission; verdict: Verdict; contentHash: string; spans: FieldSpan[] };

/** Has a submission judged, as if it were posted. */
export type Rejudge = (submission: Submission) => Promise<Judgement>;

const malformed = (why: string) => new ProblemError("malformed-request", `\`spans\`: ${why}`);

function textOf({ post }: Submission, field: string): string {
  const text = field === "body" ? post.body : Object.entries(post.fields ?? {}).find(([name]) => name === field)?.[1];
  if (text === undefined) throw malformed("the post has no field of this name: use `body` or one of its fields");
  return text;
}

const splits = (text: string, at: number) => /[\uD800-\uDBFF]/.test(text[at - 1] ?? "") && /[\uDC00-\uDFFF]/.test(text[at] ?? "");

/** The span, wide enough that no character is cut in two. */
function whole(text: string, { field, start, end }: FieldSpan): FieldSpan {
  if (start >= end || end > text.length) throw malformed("a span lies outside its field: read the post again, then name its parts");
  return { field, start: splits(text, start) ? start - 1 : start, end: splits(text, end) ? end + 1 : end };
}

/** Spans of one field in order, those that touch made one. */
function merged(text: string, spans: readonly FieldSpan[]): FieldSpan[] {
  const all: FieldSpan[] = [];
  for (const span of spans.map((span) => whole(text, span)).sort((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    if (last !== undefined && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else all.push(span);
  }
  return all;
}

/** A text without `spans`, which are in order and apart. */
function without(text: string, spans: readonly FieldSpan[]): string {
  const kept = spans.map(({ start }, index) => text.slice(spans[index - 1]?.end ?? 0, start) + MARKER);
  return kept.join("") + text.slice(spans.at(-1)?.end ?? 0);
}

/**
 * A submission with parts taken out, and which: whole characters, each place once.
 *
 * @param spans in UTF-16 code units of the fields they name
 * @throws ProblemError `malformed-request` when a span names no part of the post
 */
export function redacted(submission: Submission, spans: readonly FieldSpan[]): Pick<Redaction, "submission" | "spans"> {
  const copy = structuredClone(submission);
  const fields = new Map<string, FieldSpan[]>();
  for (const span of spans) fields.set(span.field, [...(fields.get(span.field) ?? []), span]);
  const removed = [...fields].map(([field, some]) => {
    const text = textOf(submission, field);
    const places = merged(text, some);
    if (field === "body") copy.post.body = without(text, places);
    else copy.post.fields = { ...copy.post.fields, [field]: without(text, places) };
    return places;
  });
  return { submission: copy, spans: removed.flat() };
}

/** Where an offset of the text that is left stands in the text as it was; one within a marker, where the marker's part begins. */
function before(offset: number, spans: readonly FieldSpan[]): number {
  let shift = 0;
  for (const { start, end } of spans) {
    const marker = start + shift;
    if (offset < marker) break;
    if (offset < marker + MARKER.length) return start;
    shift += MARKER.length - (end - start);
  }
  return offset - shift;
}

const HARMLESS: Verdict["findings"][number]["severity"] = "low";

function remaining({ findings }: Verdict, spans: readonly FieldSpan[]): Remaining[] {
  return findings
    .filter(({ severity }) => severity !== HARMLESS)
    .map(({ rule, title, severity, field, span }) => {
      const own = spans.filter((removed) => removed.field === field);
      return { rule, title, severity, span: { field, start: before(span.start, own), end: before(span.end, own) } };
    });
}

const unsafe = (why: string, findings: Remaining[] = []) => new ProblemError("still-unsafe", why, { findings });

/** The engine's verdict on what is left, as far as it can be believed. */
async function verdictOn(submission: Submission, judge: Rejudge): Promise<Verdict> {
  const unread = "what is left could not be checked: reject or return the post, or approve it whole";
  if (renderedBytes(submission) > LARGEST_BYTES) throw unsafe(unread);
  const judgement = await judge(submission);
  const { verdict } = "undecided" in judgement ? {} : parts(judgement);
  if (verdict === undefined || verdict.reasons.some(({ code }) => code === "read/incomplete")) throw unsafe(unread);
  return verdict;
}

/**
 * Takes parts out of a post and has the rest judged.
 *
 * @param was the verdict on the whole post: who wrote it and who asked does not change by taking words out
 * @throws ProblemError `still-unsafe` when what is left has a finding at or above medium, named in `findings`, takes more than one
 * approval, or cannot be checked; `malformed-request` when a span names no part of the post
 */
export async function redact(whole: Submission, was: Verdict | null, spans: readonly FieldSpan[], judge: Rejudge): Promise<Redaction> {
  const left = redacted(whole, spans);
  const verdict = await verdictOn(left.submission, judge);
  const findings = remaining(verdict, left.spans);
  if (findings.length > 0) throw unsafe("what is left still holds instructions that change permissions: take those out too", findings);
  if ((verdict.approvals ?? 1) > 1) throw unsafe("what is left still takes more than one approval: approve it whole, or reject it");
  const origin = was === null ? verdict.origin : { ...was.origin, evidence: verdict.origin.evidence };
  const { request } = was ?? verdict;
  return { ...left, verdict: { ...verdict, origin, request }, contentHash: contentHash(left.submission) };
}
