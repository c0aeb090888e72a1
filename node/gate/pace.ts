/**
 * When an agent's posts were let through: what the policy's caps count. The gate only remembers; whether it was too much is for the
 * core to say. What a moderator approved is not counted: it was a human's decision.
 */
import type { Agent, Submission } from "countersign";
import type { Queries } from "../store/tables.js";

const DAY_MS = 86_400_000;

/** The most times that are told: the largest cap a policy can set. */
const MOST = 1000;

/** The name an agent's posts are counted under, whichever account, key or app they come through. */
export function nameOf({ post }: Submission, agents: readonly Agent[]): string {
  const { author, client } = post;
  const app = client?.app;
  const known = agents.find(
    ({ id, apps }) => id === author.id || id === client?.verifiedAgent || (app !== undefined && apps?.includes(app)),
  );
  return known?.id ?? client?.verifiedAgent ?? author.id;
}

/** When posts of `agent` were let through within a day before `now`, RFC 3339, newest first. */
export async function recent(queries: Queries, agent: string, now: Date): Promise<string[]> {
  const since = new Date(now.getTime() - DAY_MS).toISOString();
  const select = queries.selectFrom("passes").select("at").where("agent", "=", agent).where("at", ">", since);
  return (await select.orderBy("at", "desc").limit(MOST).execute()).map(({ at }) => at);
}

/** Remembers that a post of `agent` was let through, and forgets what no cap counts any more. */
export async function remember(queries: Queries, agent: string, at: string): Promise<void> {
  const since = new Date(Date.parse(at) - DAY_MS).toISOString();
  await queries.deleteFrom("passes").where("agent", "=", agent).where("at", "<=", since).execute();
  await queries.insertInto("passes").values({ agent, at }).execute();
}
