/**
 * Who may not make an exception: whoever would let their own post through with it.
 */
import { ProblemError } from "../api/problems.js";
import type { AllowScope, Moderator } from "../api/schema.js";
import { interest } from "../review/checks.js";
import type { PostRow, Queries } from "../store/tables.js";
import type { Learning } from "./room.js";

/** What an exception covers; `rule` is null when only a fingerprint is known. */
export type Cover = { rule: string | null; scope: AllowScope };

const PEOPLE = ["authorId", "agent", "operator", "onBehalfOf", "asker"] as const;
const UNDECIDED = ["held", "claimed", "blocked", "flagged"] as const;

function refuse(why: string): never {
  throw new ProblemError("conflict-of-interest", `${why}: another moderator has to make this exception`);
}

/** Whether an exception would let `row` through. */
function covers({ rule, scope }: Cover, row: Pick<PostRow, "authorId" | "threadId" | "category" | "rules">): boolean {
  const here = scope.category === undefined || scope.category === "*" || scope.category === row.category;
  const there = (scope.thread ?? row.threadId) === row.threadId && (scope.author ?? row.authorId) === row.authorId;
  return here && there && (rule === null || (JSON.parse(row.rules) as string[]).includes(rule));
}

function operated({ live, operatorOf }: Learning, { scope }: Cover, moderator: string): string | undefined {
  const agents = scope.author === undefined ? live.agents.map(({ id }) => id) : [scope.author];
  return agents.find((agent) => operatorOf(agent) === moderator);
}

/**
 * Refuses when the exception would serve its maker.
 *
 * @param post the false alarm it is made from
 * @throws ProblemError `conflict-of-interest`
 */
export async function checkInterest(room: Learning, queries: Queries, moderator: Moderator, cover: Cover, post?: PostRow): Promise<void> {
  const mine = post && interest(post, moderator);
  if (mine) refuse(mine);
  if (cover.scope.author === moderator.id) refuse("it would be for what you write");
  const agent = operated(room, cover, moderator.id);
  if (agent !== undefined) refuse(`you operate \`${agent}\`, which it would be for`);
  const rows = await queries
    .selectFrom("posts")
    .select([...PEOPLE, "threadId", "category", "rules"])
    .where("state", "in", UNDECIDED)
    .where((eb) => eb.or(PEOPLE.map((column) => eb(column, "=", moderator.id))))
    .execute();
  const waiting = rows.find((row) => covers(cover, row));
  if (waiting) refuse(`it would let a post through that waits, and ${interest(waiting, moderator)}`);
}
