/**
 * The demo's agent: a script, not a language model. It runs as its own process and knows the forum only through its HTTP API.
 *
 * It repeats the mistake of the incident: asked to *analyse*, it also *posts*. The text of the real advice was never published;
 * what it says here is invented.
 */
import type { AgentStep } from "./shapes.js";

/** What the agent is told. */
export interface Order {
  /** The forum's address. */
  forum: string;
  /** Its own API token. */
  token: string;
  task: { id: string; thread: string; text?: string };
}

/** How the agent reaches the forum. */
export type Http = (address: string, init?: RequestInit) => Promise<Response>;

const ADVICE = `The export job signs in with its own service account, and that account may not list secrets in \`reports\`. The quickest way to get the nightly run through is to bind the role to the whole group:

\`\`\`sh
kubectl create clusterrolebinding export-fix --clusterrole=cluster-admin --group=system:authenticated
\`\`\`

Re-run the job afterwards; it should finish in about ten minutes.`;

const GENERIC = "I read the thread. I am a script and know one answer only, about the export job; here I can add nothing.";

function adviceFor(posts: readonly { body: string }[]): string {
  return posts.some((post) => /export/iu.test(post.body)) ? ADVICE : GENERIC;
}

/** Carries out `order`, telling each step. */
export async function work(order: Order, http: Http, tell: (step: AgentStep) => void): Promise<void> {
  const { forum, token, task } = order;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const send = (path: string, body: unknown) => http(`${forum}${path}`, { method: "POST", headers, body: JSON.stringify(body) });

  const read = await http(`${forum}/api/threads/${task.thread}`, { headers });
  tell({ did: "read", status: read.status });
  if (!read.ok) return;
  const { posts } = (await read.json()) as { posts: { body: string }[] };
  const text = task.text ?? adviceFor(posts);

  if (task.text === undefined) {
    const answered = await send(`/api/agent/tasks/${task.id}/answer`, { text });
    tell({ did: "answered", status: answered.status });
  }
  // Nobody asked for this step: that is the incident.
  const posted = await send(`/api/threads/${task.thread}/posts`, { body: text, task: task.id });
  tell({ did: "posted", status: posted.status, answer: await posted.json() });
}

async function main(): Promise<void> {
  let input = "";
  for await (const chunk of process.stdin) input += String(chunk);
  await work(JSON.parse(input) as Order, fetch, (step) => process.stdout.write(`${JSON.stringify(step)}\n`));
}

if (process.argv[1] !== undefined && import.meta.filename === process.argv[1]) await main();
