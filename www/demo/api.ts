/**
 * The forum's HTTP API, typed. A refusal is an answer here, not an exception: the page shows it.
 */
import type { DraftRow, NoticeRow, Person, PostRow, Task, ThreadRow } from "../../node/demo/shapes.js";

export type { AgentStep, DraftRow, NoticeRow, Person, PostRow, Task, ThreadRow } from "../../node/demo/shapes.js";

/** RFC 9457 problem+json, as the gate and the forum refuse. */
export interface Problem {
  title: string;
  status: number;
  detail: string;
  /** The human act that would allow it. */
  allowedBy?: string;
  /** Where the text went. */
  draft?: string;
  /** Countersign's id of the kept post. */
  postId?: string;
}

/** What came back. */
export type Answer<Value> = { ok: true; value: Value } | { ok: false; problem: Problem };

/** A post that is visible now. */
export interface Posted {
  post: PostRow;
  action: "publish" | "label" | "flag";
  reasons: { code: string; message: string }[];
}

const unreachable: Problem = { title: "the forum does not answer", status: 0, detail: "check that the server still runs, then try again" };

async function send<Value>(path: string, method: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<Value>> {
  const all = { "x-forum-request": "1", ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers };
  try {
    const response = await fetch(path, { method, headers: all, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const value: unknown = response.status === 204 ? null : await response.json();
    return response.ok ? { ok: true, value: value as Value } : { ok: false, problem: value as Problem };
  } catch {
    return { ok: false, problem: unreachable };
  }
}

const get = <Value>(path: string) => send<Value>(path, "GET");
const post = <Value>(path: string, body: unknown) => send<Value>(path, "POST", body);

/** Every call the page makes. */
export const api = {
  session: () => get<{ person: Person | null; people: Person[] }>("/api/session"),
  viewAs: (as: string) => post<{ person: Person; people: Person[] }>("/api/session", { as }),
  threads: () => get<{ threads: ThreadRow[] }>("/api/threads"),
  thread: (id: string) => get<{ thread: ThreadRow; posts: PostRow[] }>(`/api/threads/${encodeURIComponent(id)}`),
  open: (title: string, body: string) => post<Posted>("/api/threads", { title, body }),
  reply: (thread: string, body: string) => post<Posted>(`/api/threads/${encodeURIComponent(thread)}/posts`, { body }),
  search: (words: string) => get<{ posts: (PostRow & { title: string })[] }>(`/api/search?q=${encodeURIComponent(words)}`),
  notices: () => get<{ notices: NoticeRow[] }>("/api/notices"),
  drafts: () => get<{ drafts: DraftRow[] }>("/api/drafts"),
  publishDraft: ({ id, contentHash }: DraftRow, as: "agent" | "self") =>
    post<{ action: string; postId: string; problem: Problem | null }>(`/api/drafts/${encodeURIComponent(id)}/publish`, { as, contentHash }),
  editDraft: (id: string, body: string) => send<null>(`/api/drafts/${encodeURIComponent(id)}`, "PUT", { body }),
  discardDraft: (id: string) => post<null>(`/api/drafts/${encodeURIComponent(id)}/discard`, {}),
  ask: (thread: string, text?: string) => post<{ task: Task }>("/api/agent/tasks", text === undefined ? { thread } : { thread, text }),
  task: (id: string) => get<{ task: Task }>(`/api/agent/tasks/${encodeURIComponent(id)}`),
  /** Countersign's review API, as a moderator. */
  held: (id: string) => get<HeldPost>(`/countersign/api/v1/posts/${encodeURIComponent(id)}`),
  /** The feed, as text. */
  feed: async (): Promise<string> => (await fetch("/feed.atom")).text(),
};

/** The parts of the review API's post that the walk shows. */
export interface HeldPost {
  id: string;
  state: string;
  decision: { by: string; at: string; comment: string | null; state: string } | null;
  audit: { seq: number; at: string; actor: string; action: string }[];
}

const POLL_MS = 250;

/** Asks the agent and waits until it is done; `tell` hears of each state. */
export async function askAgent(thread: string, tell: (task: Task) => void, text?: string): Promise<Answer<Task>> {
  const asked = await api.ask(thread, text);
  if (!asked.ok) return asked;
  let { task } = asked.value;
  while (task.state === "working") {
    tell(task);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const next = await api.task(task.id);
    if (!next.ok) return next;
    ({ task } = next.value);
  }
  tell(task);
  return { ok: true, value: task };
}

/** Whether an answer of the agent's last post was a refusal. */
export function refusalOf(task: Task): Problem | null {
  const posted = task.steps.find((step) => step.did === "posted");
  return posted && posted.status >= 400 ? (posted.answer as Problem) : null;
}
