// @ts-nocheck: it runs the build, whose declarations may not be there yet when the sources are checked.
/**
 * A forum process to be killed or to be one of several: it waits for lines on standard input and says in lines of JSON what it has
 * been acknowledged. `{"do":"open"}` opens the gate; `churn` submits, claims and decides without end; `submit`, `claim` and `decide`
 * do so once; `follow` repeats every event a moderator's page would get.
 */
import { appendFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createGate } from "countersign/gate";

const { store, signingKey, published, name } = JSON.parse(process.argv[2] ?? "{}");
const engine = { module: new URL("./engine.mjs", import.meta.url).href };
const BASE = "http://forum.test/countersign/api/v1";
const DECISIONS = ["approve", "reject", "return"];

let gate;
let posts = 0;

/** A write to a pipe is done when this returns: what is said was acknowledged, and what was acknowledged is said or the kill came between. */
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const pick = (list) => list[Math.floor(Math.random() * list.length)];

async function open() {
  gate = await createGate({
    store,
    signingKey,
    engine,
    workers: 1,
    deadlineMs: 5_000,
    undoMs: 0,
    // The host: a file keeps what was published, as a forum's own database would.
    publish: ({ id, contentHash }) => appendFileSync(published, `${JSON.stringify({ id, contentHash, name })}\n`),
    authenticate: (request) => ({ id: request.headers.get("x-user"), name: "m", role: "moderator" }),
    log: { log: () => undefined },
  });
  say({ open: true });
}

async function call(user, path, init = {}) {
  const headers = { "x-user": user, "x-countersign-request": "1", "content-type": "application/json", ...init.headers };
  const response = await gate.fetch(new Request(`${BASE}${path}`, { ...init, headers }));
  return { status: response.status, body: await response.json() };
}

function step(user, post, what) {
  const body = JSON.stringify({ contentHash: post.contentHash, comment: "because" });
  return call(user, `/posts/${post.id}/${what}`, { method: "POST", headers: { "if-match": `"${post.version}"` }, body });
}

async function submit() {
  const author = { id: "helper", kind: "agent" };
  const thread = `${name}-${posts++}`;
  const asked = { id: thread, posts: [{ id: "p", author: "dana", kind: "human", body: "@helper how?" }] };
  const { postId } = await gate.submit({ post: { body: `chmod -R 777 /srv/${thread}`, thread, author }, thread: asked });
  say({ held: postId });
  return postId;
}

async function take(user, id, what) {
  const { body: post } = await call(user, `/posts/${id}`);
  const { status, body } = await step(user, post, what);
  say(status === 200 ? { did: what, id, version: body.version, user } : { refused: what, id, status });
  return status === 200;
}

async function moderate(user) {
  const order = pick(["oldest", "newest", "critical"]);
  const { body } = await call(user, `/posts?limit=10&order=${order}`);
  const post = pick(body.items ?? []);
  if (post === undefined) return;
  if (await take(user, post.id, "claim")) await take(user, post.id, pick(DECISIONS));
}

async function forever(work) {
  for (;;) {
    await work();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function churn() {
  void forever(submit);
  for (const user of ["mira", "milo"]) void forever(() => moderate(`${user}-${name}`));
}

async function follow() {
  const response = await gate.fetch(new Request(`${BASE}/events`, { headers: { "x-user": name } }));
  say({ following: true });
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of response.body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.startsWith("data: {")) say({ event: JSON.parse(line.slice(6)) });
  }
}

const COMMANDS = {
  open,
  submit,
  churn,
  follow,
  claim: ({ id }) => take(name, id, "claim"),
  decide: ({ id, step: what }) => take(name, id, what),
};

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  Promise.resolve(COMMANDS[command.do](command)).catch((error) => say({ failed: String(error) }));
}
await gate?.close();
