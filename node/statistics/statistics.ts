/**
 * What happened over a span of days: what was kept back and how it ended, which rules and agents it was about, which rules cried
 * wolf, how long people waited, and who saw what they should not have.
 */
import type { Statistics } from "../api/schema.js";
import type { Context } from "../context.js";
import type { Queries } from "../store/tables.js";
import { figuresOf } from "./daily.js";
import { plus, span } from "./days.js";
import { add, count, type Figures, none, spread } from "./figures.js";

type Range = { from: string; to: string };

/** How many exceptions were made from each rule's findings. */
async function falseAlarms(queries: Queries, { from, to }: Range): Promise<Map<string, number>> {
  const rows = await queries.selectFrom("allowances").select("rule").where("at", ">=", from).where("at", "<", to).execute();
  const counts = new Map<string, number>();
  for (const { rule } of rows) if (rule !== null) count(counts, rule);
  return counts;
}

/** Who saw an affected post before it was kept back or taken down, or read past its veil. */
async function exposure(queries: Queries, { from, to }: Range): Promise<Statistics["exposure"]> {
  const row = await queries
    .selectFrom("exposures")
    .innerJoin("posts", "posts.id", "exposures.postId")
    .select((eb) => [eb.fn.count("exposures.postId").distinct().as("posts"), eb.fn.count("exposures.reader").distinct().as("people")])
    .where("exposures.seenAt", ">=", from)
    .where("exposures.seenAt", "<", to)
    .where((eb) =>
      eb.or([
        eb("exposures.acknowledgedAt", "is not", null),
        eb("exposures.seenAt", "<", eb.ref("posts.submittedAt")),
        eb.and([
          eb("posts.state", "=", "rejected"),
          eb("posts.action", "=", "flag"),
          eb("exposures.seenAt", "<", eb.ref("posts.decidedAt")),
        ]),
      ]),
    )
    .executeTakeFirst();
  return { posts: Number(row?.posts ?? 0), people: Number(row?.people ?? 0) };
}

function byRule(figures: Figures, alarms: Map<string, number>): Statistics["byRule"] {
  const names = new Set([...figures.byRule.keys(), ...alarms.keys()]);
  const rows = [...names].map((rule) => ({ rule, count: figures.byRule.get(rule) ?? 0, falseAlarms: alarms.get(rule) ?? 0 }));
  return rows.sort((a, b) => b.count - a.count || b.falseAlarms - a.falseAlarms || (a.rule < b.rule ? -1 : 1));
}

function byAgent(figures: Figures): Statistics["byAgent"] {
  const rows = [...figures.byAgent].map(([agent, row]) => ({ agent, ...row }));
  return rows.sort((a, b) => b.held - a.held || b.rejected - a.rejected || (a.agent < b.agent ? -1 : 1));
}

function perDay(day: string, { held, blocked, flagged, approved, rejected }: Figures): Statistics["days"][number] {
  return { day, held, blocked, flagged, approved, rejected };
}

/**
 * The figures of a span of days, UTC, both included.
 *
 * @param from,to such as `2026-11-22`; the last 30 days when left out, at most 366
 * @throws ProblemError `malformed-request`
 */
export async function statistics({ db, now }: Pick<Context, "db" | "now">, from?: string, to?: string): Promise<Statistics> {
  const days = span(from, to, now());
  const figures = await figuresOf(db, days, now());
  const total = none();
  for (const each of figures) add(total, each);
  const [first = "", last = ""] = [days[0], days.at(-1)];
  const range = { from: first, to: plus(last, 1) };
  return {
    from: first,
    to: last,
    days: days.map((day, index) => perDay(day, figures[index] ?? none())),
    byRule: byRule(total, await falseAlarms(db, range)),
    byAgent: byAgent(total),
    timeToHold: spread(total.timeToHold),
    timeToDecision: spread(total.timeToDecision),
    exposure: await exposure(db, range),
  };
}
