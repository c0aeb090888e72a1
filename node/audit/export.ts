/**
 * The log as text that leaves the gate: every entry as it is (JSON Lines, whose chain verifies again), or what security tools read.
 */

import { VERSION } from "../review/assets.js";
import type { AuditTable, Queries } from "../store/tables.js";
import { entry as shown } from "./chain.js";
import { detectionFinding } from "./ocsf.js";
import { pages } from "./walk.js";

/** `jsonl`: one entry a line; `ocsf`: one Detection Finding a line, of the entries that are news of one. */
export const FORMATS = ["jsonl", "ocsf"] as const;
/** A format of an export. */
export type Format = (typeof FORMATS)[number];

async function severities(queries: Queries, rows: readonly AuditTable[]): Promise<Map<string, number>> {
  const ids = [...new Set(rows.map(({ postId }) => postId).filter((id) => id !== null))];
  if (ids.length === 0) return new Map();
  const posts = await queries.selectFrom("posts").select(["id", "severity"]).where("id", "in", ids).execute();
  return new Map(posts.map(({ id, severity }) => [id, severity]));
}

async function written(queries: Queries, rows: readonly AuditTable[], format: Format): Promise<unknown[]> {
  if (format === "jsonl") return rows.map(shown);
  const ranks = await severities(queries, rows);
  return rows.map((row) => detectionFinding(shown(row), ranks.get(row.postId ?? ""), VERSION)).filter((event) => event !== undefined);
}

/**
 * The log from `since` on (RFC 3339 in UTC), in pieces of whole lines; a page at a time is in memory.
 *
 * @example for await (const piece of exported(store.db, "jsonl")) process.stdout.write(piece);
 */
export async function* exported(queries: Queries, format: Format, since?: string): AsyncGenerator<string> {
  for await (const rows of pages(queries, since)) {
    const lines = (await written(queries, rows, format)).map((value) => `${JSON.stringify(value)}\n`);
    if (lines.length > 0) yield lines.join("");
  }
}
