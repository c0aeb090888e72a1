/**
 * The log read from end to end in bounded memory, wherever it lies, and its chain followed on the way.
 */
import type { AuditEntry } from "../api/schema.js";
import type { AuditTable, Queries } from "../store/tables.js";
import { fault, GENESIS, type Verification } from "./chain.js";
import type { Checkpoint } from "./checkpoint.js";

const PAGE = 500;

/**
 * The entries of a store in order, a page at a time.
 *
 * @param since RFC 3339 in UTC: entries before it are left out
 */
export async function* pages(queries: Queries, since?: string): AsyncGenerator<AuditTable[]> {
  for (let seq = 0; ; ) {
    let select = queries.selectFrom("audit").selectAll().where("seq", ">", seq).orderBy("seq").limit(PAGE);
    if (since !== undefined) select = select.where("at", ">=", since);
    const rows = await select.execute();
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) return;
    seq = rows.at(-1)?.seq ?? seq;
  }
}

/** A row as it was hashed, from an entry as it was exported. */
export const rowOf = (entry: AuditEntry): AuditTable => ({ ...entry, detail: JSON.stringify(entry.detail) });

/** Follows a chain; every row is given to it in order. */
export class Chain {
  #seq: number;
  #previous: string;
  #anchors: Map<number, string>;
  #last: number;
  #before: number;

  /**
   * @param anchors what signed checkpoints say: the hash of an entry at that time the last
   * @param first the first entry, where it is not the log's own first (an export of a part): its beginning is then believed
   */
  constructor(anchors: readonly Checkpoint[] = [], first?: AuditTable) {
    [this.#seq, this.#previous] = first === undefined ? [0, GENESIS] : [first.seq - 1, first.previous];
    this.#before = this.#seq;
    this.#anchors = new Map(anchors.map(({ seq, hash }) => [seq, hash]));
    this.#last = Math.max(0, ...anchors.map(({ seq }) => seq));
  }

  /** Takes the next row; what is wrong with it, or undefined. */
  take(row: AuditTable): Verification | undefined {
    const seq = this.#seq + 1;
    const reason = fault(row, seq, this.#previous);
    if (reason !== undefined) return { ok: false, seq, reason };
    const anchor = this.#anchors.get(seq);
    if (anchor !== undefined && anchor !== row.hash)
      return { ok: false, seq, reason: `entry ${seq} is not the one a signed checkpoint names: it, or one before it, was written anew` };
    [this.#seq, this.#previous] = [row.seq, row.hash];
    return undefined;
  }

  /** The answer after the last row: a checkpoint may know of entries that are gone. */
  end(): Verification {
    if (this.#last <= this.#seq) return { ok: true, entries: this.#seq - this.#before };
    const reason = `entry ${this.#seq + 1} is missing: the log ends at entry ${this.#seq}, and a signed checkpoint names entry ${this.#last}`;
    return { ok: false, seq: this.#seq + 1, reason };
  }
}

/** Follows a whole log. */
export async function walk(log: AsyncIterable<AuditTable[]>, anchors: readonly Checkpoint[] = []): Promise<Verification> {
  const chain = new Chain(anchors);
  for await (const rows of log)
    for (const row of rows) {
      const broken = chain.take(row);
      if (broken !== undefined) return broken;
    }
  return chain.end();
}
