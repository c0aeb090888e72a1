/**
 * What is counted of a day, and how days add up. Pure, and small enough to be kept for every day there ever was.
 *
 * Durations are counted by value, to three significant digits: percentiles of any span of days are then right to half a percent, and
 * exact where there are few.
 */
import type { Spread } from "../api/schema.js";

/** Durations in milliseconds, to three digits, with how many there were of each. */
export type Durations = Map<number, number>;

/** What happened on one day, or on several. */
export type Figures = {
  held: number;
  blocked: number;
  flagged: number;
  approved: number;
  rejected: number;
  byRule: Map<string, number>;
  byAgent: Map<string, { held: number; rejected: number; approved: number }>;
  timeToHold: Durations;
  timeToDecision: Durations;
};

const TOTALS = ["held", "blocked", "flagged", "approved", "rejected"] as const;

/** Nothing happened. */
export function none(): Figures {
  const totals = { held: 0, blocked: 0, flagged: 0, approved: 0, rejected: 0 };
  return { ...totals, byRule: new Map(), byAgent: new Map(), timeToHold: new Map(), timeToDecision: new Map() };
}

/** Adds `count` under `key`. */
export function count<Key>(counts: Map<Key, number>, key: Key, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

/** Adds what one agent's posts came to. */
export function countAgent(figures: Figures, agent: string, what: "held" | "rejected" | "approved", by: number): void {
  const row = figures.byAgent.get(agent) ?? { held: 0, rejected: 0, approved: 0 };
  row[what] += by;
  figures.byAgent.set(agent, row);
}

/** Adds the time between two RFC 3339 moments; nothing when one of them is no time. Clocks that disagree make it 0, not less. */
export function measure(durations: Durations, from: string, to: string): void {
  const ms = Date.parse(to) - Date.parse(from);
  if (!Number.isNaN(ms)) count(durations, Number(Math.max(0, ms).toPrecision(3)));
}

/** Adds `more` to `sum`. */
export function add(sum: Figures, more: Figures): void {
  for (const total of TOTALS) sum[total] += more[total];
  for (const [rule, posts] of more.byRule) count(sum.byRule, rule, posts);
  for (const [agent, row] of more.byAgent)
    for (const what of ["held", "rejected", "approved"] as const) countAgent(sum, agent, what, row[what]);
  for (const which of ["timeToHold", "timeToDecision"] as const) for (const [ms, times] of more[which]) count(sum[which], ms, times);
}

/** The durations at the middle and at nineteen of twenty (nearest rank). */
export function spread(durations: Durations): Spread {
  const sorted = [...durations].sort(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, times]) => sum + times, 0);
  const at = (share: number) => {
    let seen = 0;
    for (const [ms, times] of sorted) {
      seen += times;
      if (seen >= share * total) return ms;
    }
    return null;
  };
  return { p50: at(0.5), p95: at(0.95), count: total };
}

/** Figures as text. */
export function write(figures: Figures): string {
  return JSON.stringify(figures, (_, value) => (value instanceof Map ? [...value] : value));
}

/** Figures from {@link write}'s text. */
export function read(text: string): Figures {
  const raw = JSON.parse(text);
  for (const key of ["byRule", "byAgent", "timeToHold", "timeToDecision"]) raw[key] = new Map(raw[key]);
  return raw;
}
