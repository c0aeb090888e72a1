// What the core's own tests wrote: every case's submission and the bytes of its verdict.
import { readFileSync } from "node:fs";
import type { Submission } from "countersign";

/** A recorded case. */
export type Recorded = { name: string; policy: string; submission: Submission; verdict: string };

/** The recorded cases, in order. */
export function recorded(): Recorded[] {
  const lines = readFileSync("tests/output/replay.jsonl", "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as Recorded);
}
