/**
 * Counts one day from the records. Every query is a range of an index, and long ones are read in pages, so that the forum's own
 * thread is never kept for long.
 */
import type { Queries } from "../store/tables.js";
import { plus } from "./days.js";
import { count, countAgent, type Figures, measure, none } from "./figures.js";

/** Rows read at a time where each is looked at. */
const PAGE = 5_000;

const KEPT = { hold: "held", block: "blocked", flag: "flagged" } as const;
const ENDS = ["approved", "rejected"] as const;

/** What a moderator decides; a post that expires was decided by nobody. */
const DECIDED = [...ENDS, "returned"] as const;

type Day = { from: string; to: string };

/** A day's bounds as text that sorts with RFC 3339 moments in UTC. */
const bounds = (day: string): Day => ({ from: day, to: plus(day, 1) });

async function judged(queries: Queries, { from, to }: Day, figures: Figures): Promise<void> {
  const groups = await queries
    .selectFrom("posts")
    .select((eb) => ["action" as const, "agent" as const, eb.fn.countAll().as("posts")])
    .where("submittedAt", ">=", from)
    .where("submittedAt", "<", to)
    .groupBy(["action", "agent"])
    .execute();
  for (const { action, agent, posts } of groups) {
    figures[KEPT[action]] += Number(posts);
    if (action === "hold" && agent !== null) countAgent(figures, agent, "held", Number(posts));
  }
}

async function rules(queries: Queries, { from, to }: Day, figures: Figures): Promise<void> {
  const groups = await queries
    .selectFrom("posts")
    .select((eb) => ["rules" as const, eb.fn.countAll().as("posts")])
    .where("submittedAt", ">=", from)
    .where("submittedAt", "<", to)
    .groupBy("rules")
    .execute();
  for (const group of groups) for (const rule of JSON.parse(group.rules) as string[]) count(figures.byRule, rule, Number(group.posts));
}

async function decided(queries: Queries, { from, to }: Day, figures: Figures): Promise<void> {
  const groups = await queries
    .selectFrom("posts")
    .select((eb) => ["state" as const, "agent" as const, eb.fn.countAll().as("posts")])
    .where("decidedAt", ">=", from)
    .where("decidedAt", "<", to)
    .groupBy(["state", "agent"])
    .execute();
  for (const { state, agent, posts } of groups) {
    const end = ENDS.find((each) => each === state);
    if (end === undefined) continue;
    figures[end] += Number(posts);
    if (agent !== null) countAgent(figures, agent, end, Number(posts));
  }
}

type Moment = { id: string; from: string; to: string };

/** Measures every row of `next`, which answers the page after a row. */
async function measureAll(durations: Figures["timeToHold"], next: (after: Moment | undefined) => Promise<Moment[]>): Promise<void> {
  for (let rows = await next(undefined); rows.length > 0; rows = await next(rows.at(-1))) {
    for (const { from, to } of rows) measure(durations, from, to);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const holds = (queries: Queries, day: Day) => async (after: Moment | undefined) => {
  let query = queries
    .selectFrom("posts")
    .select(["id", "submittedAt", "writtenAt"])
    .where("submittedAt", ">=", after?.to ?? day.from)
    .where("submittedAt", "<", day.to)
    .where("action", "=", "hold")
    .where("writtenAt", "is not", null);
  if (after) query = query.where((eb) => eb.or([eb("submittedAt", ">", after.to), eb("id", ">", after.id)]));
  const rows = await query.orderBy("submittedAt").orderBy("id").limit(PAGE).execute();
  return rows.map(({ id, submittedAt, writtenAt }) => ({ id, from: writtenAt ?? "", to: submittedAt }));
};

const decisions = (queries: Queries, day: Day) => async (after: Moment | undefined) => {
  let query = queries
    .selectFrom("posts")
    .select(["id", "submittedAt", "decidedAt"])
    .where("decidedAt", ">=", after?.to ?? day.from)
    .where("decidedAt", "<", day.to)
    .where("state", "in", DECIDED);
  if (after) query = query.where((eb) => eb.or([eb("decidedAt", ">", after.to), eb("id", ">", after.id)]));
  const rows = await query.orderBy("decidedAt").orderBy("id").limit(PAGE).execute();
  return rows.map(({ id, submittedAt, decidedAt }) => ({ id, from: submittedAt, to: decidedAt ?? "" }));
};

/** What happened on a day, from the records as they are now. */
export async function countDay(queries: Queries, day: string): Promise<Figures> {
  const [figures, range] = [none(), bounds(day)];
  await judged(queries, range, figures);
  await rules(queries, range, figures);
  await decided(queries, range, figures);
  await measureAll(figures.timeToHold, holds(queries, range));
  await measureAll(figures.timeToDecision, decisions(queries, range));
  return figures;
}
