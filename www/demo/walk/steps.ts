/**
 * The incident, step by step. Each step makes the real calls as the person it names; nothing is staged in the page.
 */
import { api, askAgent, type DraftRow, type HeldPost, type Problem, refusalOf, type Task } from "../api.js";
import { forum } from "../state.js";
import { type Check, lookFor, needleOf } from "./checks.js";

/** How far a walk is, and what it saw. Kept across page loads. */
export interface Walk {
  /** The step to do next, from 0. */
  step: number;
  thread?: string;
  task?: Task;
  draft?: DraftRow;
  /** The refusal Lior got, and Countersign's id of the held post. */
  held?: Problem;
  heldId?: string;
  checks?: Check[];
  decided?: HeldPost;
  trail?: HeldPost["audit"];
}

/** One step. */
export interface Step {
  /** Who acts; the page views as them while it runs. */
  as: "dana" | "lior" | "mira";
  title: string;
  text: string;
  action: string;
  /** Does it; what it learned joins the walk. Throws with a sentence when the forum answered otherwise. */
  run: (walk: Walk) => Promise<Partial<Walk>>;
}

const QUESTION = {
  title: "Nightly export job gets 403 since the cluster upgrade",
  body: "Since Tuesday's upgrade our nightly export fails with `403 Forbidden: cannot list secrets in namespace reports`. What does the job need so that it can read its own credentials again?",
};

function unless<Value>(answer: { ok: true; value: Value } | { ok: false; problem: Problem }): Value {
  if (answer.ok) return answer.value;
  throw new Error(`${answer.problem.title}: ${answer.problem.detail}`);
}

async function asking(): Promise<Partial<Walk>> {
  const { post } = unless(await api.open(QUESTION.title, QUESTION.body));
  forum.go(`/t/${post.thread}`);
  return { thread: post.thread };
}

async function analysing(walk: Walk): Promise<Partial<Walk>> {
  forum.go(`/t/${walk.thread}`);
  const task = unless(await askAgent(walk.thread ?? "", () => undefined));
  if (!refusalOf(task)) throw new Error("the agent's post was not refused: this forum's policy lets it post unasked");
  forum.changed();
  return { task };
}

async function opening(walk: Walk): Promise<Partial<Walk>> {
  forum.go("/inbox");
  const { drafts } = unless(await api.drafts());
  const draft = drafts.find((one) => one.thread === walk.thread);
  if (!draft) throw new Error("there is no draft for this thread any more: start over");
  return { draft };
}

async function publishing(walk: Walk): Promise<Partial<Walk>> {
  if (walk.held) return {};
  if (!walk.draft) throw new Error("there is no draft any more: start over");
  const { problem, postId } = unless(await api.publishDraft(walk.draft, "agent"));
  forum.changed();
  if (!problem) throw new Error("it was published: the engine found no instruction that changes access in it");
  return { held: problem, heldId: postId };
}

/** Waits until the page shows the thread, so that what is read is what a reader sees. */
async function shown(): Promise<void> {
  for (let tries = 0; tries < 50 && !document.querySelector("demo-thread article.post"); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function looking(walk: Walk): Promise<Partial<Walk>> {
  forum.go(`/t/${walk.thread}`);
  await shown();
  return { checks: await lookFor(needleOf(walk.draft?.body ?? ""), walk.thread ?? "") };
}

async function deciding(walk: Walk): Promise<Partial<Walk>> {
  const held = unless(await api.held(walk.heldId ?? ""));
  if (!held.decision) throw new Error("Mira has not decided yet: open the review page, look at the post and reject it");
  return { decided: held };
}

async function tracing(walk: Walk): Promise<Partial<Walk>> {
  const ids = [...new Set([walk.draft?.id, walk.heldId])].filter((id) => id !== undefined);
  const posts = await Promise.all(ids.map(async (id) => unless(await api.held(id))));
  const entries = new Map(posts.flatMap((post) => post.audit).map((entry) => [entry.seq, entry]));
  return { trail: [...entries.values()].sort((a, b) => a.seq - b.seq) };
}

/** All of them, in order. */
export const STEPS: readonly Step[] = [
  {
    as: "dana",
    title: "Dana asks a question",
    text: "An ordinary technical question on an internal forum.",
    action: "Ask as Dana",
    run: asking,
  },
  {
    as: "lior",
    title: "Lior asks the agent to analyse it",
    text: "In private. The agent answers him, and then posts its answer in the thread, which nobody asked for.",
    action: "Ask the agent as Lior",
    run: analysing,
  },
  {
    as: "lior",
    title: "The text becomes Lior's private draft",
    text: "Nothing was published. Only Lior can read the draft, and only he can publish it.",
    action: "Open Lior's inbox",
    run: opening,
  },
  {
    as: "lior",
    title: "Lior publishes the agent's answer",
    text: "Now a human asks for it: Lior's click gives the agent a grant for exactly this text, once. But the text widens access.",
    action: "Publish as Lior",
    run: publishing,
  },
  {
    as: "dana",
    title: "What can Dana see?",
    text: "Look for the instruction in every place a reader could find it.",
    action: "Look as Dana",
    run: looking,
  },
  {
    as: "mira",
    title: "Mira decides",
    text: "The moderator sees the instruction, what it would do, who asked, and rejects it with one key.",
    action: "Mira has decided",
    run: deciding,
  },
  {
    as: "mira",
    title: "The trail",
    text: "Every step left an entry in a hash-chained log.",
    action: "Show the trail",
    run: tracing,
  },
];
