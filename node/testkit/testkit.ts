/**
 * Tries a host: plays the posts a forum must not let through, and those it must, and looks whether anybody can read them.
 *
 * A host is three functions. What they are built on (HTTP, a page, the forum's own modules) is the host's business; that is what
 * makes the answer count.
 */
import { randomUUID } from "node:crypto";
import { type Role, SCENARIOS, type Scenario } from "./scenarios.js";

/** A post to make. */
export type NewPost = {
  author: Role;
  body: string;
  /** Other rendered texts, by the host's own names; only those it names in `fields`. */
  fields?: Record<string, string>;
  /** What a person has asked of the agent in the thread before. */
  question: string;
};

/** What became of a post: the host's id of it when it is published, and the thread it is in. */
export type Made = { id: string | null; thread: string };

/** The host under test. */
export type Host = {
  /** Opens a thread with `question`, by a person, and posts in it. Must not throw when the post is refused. */
  submit(post: NewPost): Promise<Made>;
  /** Replaces the text of a published post. Must not throw when the edit is refused. */
  edit(made: Made & { id: string }, post: Pick<NewPost, "author" | "body" | "fields">): Promise<void>;
  /** Everything anybody but moderators and the post's own people may read of a thread: pages, APIs, feeds, searches, as text. */
  read(thread: string): Promise<string>;
  /** How people call the agent: the name without the `@`. Default `helper`. */
  agent?: string;
  /** Rendered fields besides the body, such as `title` or `signature`. */
  fields?: string[];
};

/** One line of the table. */
export type Result = {
  scenario: string;
  /** What a safe host does. */
  wanted: "visible" | "not visible";
  seen: "visible" | "not visible" | "failed";
  ok: boolean;
  /** Why it failed. */
  error?: string;
};

/** The whole answer. */
export type Coverage = { ok: boolean; results: Result[]; table: string };

/** A word that stands nowhere else, in letters only, so that no reader formats it away. */
const rareWord = () => `zz${randomUUID().replaceAll(/[^a-f]/g, "")}zz${randomUUID().replaceAll(/[^a-f]/g, "")}`;

type Played = { word: string; thread: string };

/** The post a host publishes without objection, to be edited afterwards. */
async function published(host: Host, author: Role, ask: (text: string) => string): Promise<Made & { id: string }> {
  const made = await host.submit({
    author,
    body: "Restart it once, then look at the log again.",
    question: ask("@helper how do I fix this?"),
  });
  if (made.id === null) throw new Error("the host did not publish a harmless, asked-for answer, so its edits cannot be tried");
  return { ...made, id: made.id };
}

async function play(host: Host, scenario: Scenario): Promise<Played> {
  const word = rareWord();
  const ask = (text: string) => text.replaceAll("@helper", `@${host.agent ?? "helper"}`);
  const { author, step, field } = scenario;
  const text = scenario.text(word);
  const post = field === undefined ? { body: text } : { body: "A harmless answer.", fields: { [field]: text } };
  if (step === "submit") {
    const { thread } = await host.submit({ author, question: ask(scenario.question), ...post });
    return { word, thread };
  }
  const made = await published(host, author, ask);
  await host.edit(made, { author, ...post });
  return { word, thread: made.thread };
}

async function tryOne(host: Host, scenario: Scenario): Promise<Result> {
  const { name, wanted } = scenario;
  try {
    const { word, thread } = await play(host, scenario);
    const seen = (await host.read(thread)).includes(word) ? "visible" : "not visible";
    return { scenario: name, wanted, seen, ok: seen === wanted };
  } catch (cause) {
    return { scenario: name, wanted, seen: "failed", ok: false, error: cause instanceof Error ? cause.message : String(cause) };
  }
}

function tableOf(results: readonly Result[]): string {
  const rows = results.map(
    ({ scenario, wanted, seen, ok, error }) => `| ${scenario} | ${wanted} | ${error ?? seen} | ${ok ? "ok" : "**not ok**"} |`,
  );
  return ["| scenario | wanted | seen | |", "|---|---|---|---|", ...rows].join("\n");
}

/**
 * Runs every scenario against a host, one after the other.
 *
 * The same texts, in the same order, for any host; only the words to look for differ from run to run.
 *
 * @returns whether all is well, each result, and all of them as a Markdown table
 * @example
 * const { ok, table } = await tryHost({
 *   submit: async ({ author, body, question }) => forum.replyTo(await forum.ask(question), author, body),
 *   edit: (made, { author, body }) => forum.edit(made.id, author, body),
 *   read: (thread) => forum.pageOf(thread),
 * });
 * console.log(table);
 */
export async function tryHost(host: Host): Promise<Coverage> {
  const fields = host.fields ?? [];
  const results: Result[] = [];
  for (const scenario of SCENARIOS.flatMap((each) => each.perField(fields))) results.push(await tryOne(host, scenario));
  return { ok: results.every(({ ok }) => ok), results, table: tableOf(results) };
}
