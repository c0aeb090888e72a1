/**
 * Days that are over, counted once and kept. A post that is judged anew, decided late or taken back changes a day that was counted:
 * the log says which, and those days are counted again.
 */
import type { Queries } from "../store/tables.js";
import { countDay } from "./count.js";
import { plus, start } from "./days.js";
import { type Figures, read, write } from "./figures.js";

/** The row that says up to which log entry the kept days hold. */
const CURSOR = "cursor";

/** Milliseconds after its end before a day is kept: what happened at midnight has been written by then. */
const SETTLED_MS = 3_600_000;

/** Log entries looked at together. */
const SLICE = 2_000;

async function newest(queries: Queries): Promise<number> {
  const row = await queries.selectFrom("audit").select("seq").orderBy("seq", "desc").limit(1).executeTakeFirst();
  return row?.seq ?? 0;
}

async function keep(queries: Queries, day: string, figures: string): Promise<void> {
  const row = { day, figures };
  await queries
    .insertInto("daily")
    .values(row)
    .onConflict((conflict) => conflict.column("day").doUpdateSet({ figures }))
    .execute();
}

/** The days on which anything happened to the posts that the entries after `from`, up to `to`, are about. */
async function touched(queries: Queries, from: number, to: number): Promise<string[]> {
  const posts = queries.selectFrom("audit").select("postId").where("seq", ">", from).where("seq", "<=", to).where("postId", "is not", null);
  const rows = await queries
    .selectFrom("audit")
    .select((eb) => eb.fn<string>("substr", ["at", eb.lit(1), eb.lit(10)]).as("day"))
    .distinct()
    .where("postId", "in", posts)
    .execute();
  return rows.map(({ day }) => day);
}

/** Forgets the kept days that no longer hold. */
async function catchUp(queries: Queries): Promise<void> {
  const row = await queries.selectFrom("daily").select("figures").where("day", "=", CURSOR).executeTakeFirst();
  const to = await newest(queries);
  if (row === undefined) return keep(queries, CURSOR, String(to));
  for (let from = Number(row.figures); from < to; from += SLICE) {
    const end = Math.min(from + SLICE, to);
    const days = await touched(queries, from, end);
    if (days.length > 0) await queries.deleteFrom("daily").where("day", "in", days).execute();
    await keep(queries, CURSOR, String(end));
  }
}

/**
 * The figures of days, in order.
 *
 * @param now a day that ended more than an hour before it is kept
 */
export async function figuresOf(queries: Queries, days: readonly string[], now: Date): Promise<Figures[]> {
  await catchUp(queries);
  const [first = "", last = ""] = [days[0], days.at(-1)];
  const rows = await queries.selectFrom("daily").selectAll().where("day", ">=", first).where("day", "<=", last).execute();
  const kept = new Map(rows.map(({ day, figures }) => [day, figures]));
  const all: Figures[] = [];
  for (const day of days) {
    const known = kept.get(day);
    const figures = known === undefined ? await countDay(queries, day) : read(known);
    const over = start(plus(day, 1)).getTime() + SETTLED_MS < now.getTime();
    if (known === undefined && over) await keep(queries, day, write(figures));
    all.push(figures);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return all;
}
