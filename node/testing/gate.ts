/**
 * A gate in a folder of its own, with the scripted engine, for tests.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { ApprovedPost, Gate, GateOptions, Notice } from "../api/host.js";
import type { Moderator } from "../api/schema.js";
import type { SubmissionInput } from "../api/wire.js";
import { createGate } from "../gate/gate.js";
import type { Fields } from "../log.js";
import type { Store } from "../store/store.js";

export const engine = { module: new URL("./engine.mjs", import.meta.url).href };

/** The people of the tests: `x-user` names one of them. */
export const people: Record<string, Moderator> = {
  mira: { id: "mira", name: "Mira", role: "moderator" },
  milo: { id: "milo", name: "Milo", role: "moderator" },
  lea: { id: "lea", name: "Lea", role: "lead" },
  audra: { id: "audra", name: "Audra", role: "auditor" },
};

/** A folder that is gone after the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "countersign-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** What a test sees of a gate; `store` is where its database is, and nothing when the test opened it itself. */
export type TestGate = {
  gate: Gate;
  published: ApprovedPost[];
  notices: Notice[];
  logged: (Fields & { event: string })[];
  store: string;
};

/** A gate on the database `store`; whoever opens it closes it. */
export async function openGate(store: Store | string, options: Partial<GateOptions> = {}): Promise<TestGate> {
  const published: ApprovedPost[] = [];
  const notices: Notice[] = [];
  const logged: (Fields & { event: string })[] = [];
  const gate = await createGate({
    engine,
    workers: 1,
    deadlineMs: 1_000,
    undoMs: 0,
    publish: (post) => void published.push(post),
    notify: (notice) => notices.push(notice),
    authenticate: (request) => people[request.headers.get("x-user") ?? ""] ?? null,
    log: { log: (_level, event, fields) => logged.push({ event, ...fields }) },
    ...options,
    store,
  });
  return { gate, published, notices, logged, store: typeof store === "string" ? store : "" };
}

/** A gate of this test's own, closed after it. */
export async function testGate(options: Partial<GateOptions> = {}): Promise<TestGate> {
  const test = await openGate(options.store ?? join(folder(), "gate.db"), options);
  onTestFinished(() => test.gate.close());
  return test;
}

/** A gate for a whole file, to be opened in `beforeAll`: returns what closes it. */
export async function sharedGate(use: (test: TestGate) => void, options: Partial<GateOptions> = {}): Promise<() => Promise<void>> {
  const path = mkdtempSync(join(tmpdir(), "countersign-"));
  const test = await openGate(join(path, "gate.db"), options);
  use(test);
  return async () => {
    await test.gate.close();
    rmSync(path, { recursive: true, force: true });
  };
}

/** An agent's post in `t1`; asked for there by dana when `asked`. */
export function agentPost(body: string, asked = false): SubmissionInput & { thread: NonNullable<SubmissionInput["thread"]> } {
  const question = asked ? "@helper how do I fix this?" : "how do I fix this?";
  return {
    post: { thread: "t1", replyTo: "p1", body, author: { id: "helper", handle: "helper", kind: "agent" }, onBehalfOf: "lior" },
    thread: { id: "t1", author: "dana", posts: [{ id: "p1", author: "dana", handle: "dana", kind: "human", body: question }] },
  };
}

/** A human's post in `t1`. */
export function humanPost(body: string): SubmissionInput {
  return { post: { thread: "t1", body, author: { id: "dana", handle: "dana", kind: "human" } }, thread: { id: "t1", posts: [] } };
}

/** An instruction the scripted engine finds. */
export const BAD = "run `chmod -R 777 /srv`";
