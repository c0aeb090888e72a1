/**
 * Finds posts by words: a small port over the index each database has. Whatever is typed is words, never syntax.
 */
import type { Submission } from "countersign";
import { type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool, sql } from "kysely";
import { databaseOf } from "./store.js";
import type { PostRow, Queries, Tables } from "./tables.js";
import { terms, type Wanted, wanted } from "./terms.js";

/** The most posts that are looked up by a word; what occurs more often is looked for while walking the queue. */
const FEW = 2_000;

/** Posts that can each be asked for their words in the time a frequent word's beginning takes to look up. */
const ASKED_EACH = 20_000;

/**
 * What `q` finds: few posts, as a query for their ids, or so many that it is better to ask each post of a list whether it is one of
 * them; null: nothing was asked for.
 */
export type Found =
  | { few: RawBuilder<{ postId: string }> }
  | { test: (posts: ExpressionBuilder<Tables, "posts">) => Expression<SqlBool> }
  | null;

/** Everything in a record that can be searched for: the text, its author, its thread's title, its rules. */
export function textOf(row: Pick<PostRow, "submission" | "authorId" | "authorHandle" | "agent" | "threadTitle" | "rules">): string {
  const { post }: Submission = JSON.parse(row.submission);
  const rules: string[] = JSON.parse(row.rules);
  const people = [row.authorId, row.authorHandle, row.agent ?? ""];
  return [post.body, ...Object.values(post.fields ?? {}), ...people, row.threadTitle ?? "", ...rules].join("\n");
}

/** Lets the post be found by the words of `text`, and by no others any more. */
export async function put(queries: Queries, postId: string, text: string): Promise<void> {
  const list = terms(text);
  const value: RawBuilder<string> =
    databaseOf(queries) === "sqlite" ? sql`${` ${list.join(" ")} `}` : sql`array_to_tsvector(${list}::text[])`;
  await queries
    .insertInto("searchable")
    .values({ postId, terms: value })
    .onConflict((conflict) => conflict.column("postId").doUpdateSet({ terms: value }))
    .execute();
}

/** Lets the post be found by no words. */
export async function forget(queries: Queries, postId: string): Promise<void> {
  await queries.deleteFrom("searchable").where("postId", "=", postId).execute();
}

/** A term cannot hold a quote of either syntax: letters and digits only. */
const inFts = (list: Wanted[]) => list.map(({ term, prefix }) => `"${term}"${prefix ? "*" : ""}`).join(" AND ");
const inTsquery = (list: Wanted[]) => list.map(({ term, prefix }) => `'${term}'${prefix ? ":*" : ""}`).join(" & ");

/** The ids of the posts that have the terms; `limit` of them. */
function lookUp(queries: Queries, list: Wanted[], limit: number): RawBuilder<{ postId: string }> {
  if (databaseOf(queries) === "postgres")
    return sql`select post_id from searchable where terms @@ ${inTsquery(list)}::tsquery limit ${limit}`;
  const docs = sql`select rowid from search_index where search_index match ${inFts(list)} limit ${limit}`;
  return sql`select post_id from searchable where doc in (${docs})`;
}

/** Whether more posts have the terms than are looked up. */
async function isFrequent(queries: Queries, list: Wanted[]): Promise<boolean> {
  const found =
    databaseOf(queries) === "postgres"
      ? sql`select 1 from searchable where terms @@ ${inTsquery(list)}::tsquery limit ${FEW + 1}`
      : sql`select 1 from search_index where search_index match ${inFts(list)} limit ${FEW + 1}`;
  const { rows } = await sql<{ count: number }>`select count(*) as count from (${found}) as found`.execute(queries);
  return (rows[0]?.count ?? 0) > FEW;
}

function inRow(queries: Queries, list: Wanted[]): RawBuilder<SqlBool> {
  if (databaseOf(queries) === "postgres") return sql`terms @@ ${inTsquery(list)}::tsquery`;
  const each = list.map(({ term, prefix }) => sql`instr(terms, ${prefix ? ` ${term}` : ` ${term} `}) > 0`);
  return sql`${sql.join(each, sql` and `)}`;
}

/**
 * What the words of `q` find, all of which have to occur in a post.
 *
 * @param among how many posts there are to choose from
 */
export async function match(queries: Queries, q: string | undefined, among: number): Promise<Found> {
  const list = wanted(q ?? "");
  if (list.length === 0) return null;
  const whole = list.map(({ term }) => ({ term, prefix: false }));
  // Whole words first: that they are frequent is known after a few thousand, whereas beginnings have to be gathered to the end, which
  // is not worth it where each post can be asked as quickly.
  const frequent = (await isFrequent(queries, whole)) || among <= ASKED_EACH || (await isFrequent(queries, list));
  if (!frequent) return { few: lookUp(queries, list, FEW) };
  return {
    test: (posts) =>
      posts.exists(
        posts
          .selectFrom("searchable")
          .select("searchable.postId")
          .whereRef("searchable.postId", "=", "posts.id")
          .where(inRow(queries, list)),
      ),
  };
}
