/**
 * What people asked the agent to do, and the process that does it.
 */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import type { Order } from "./agent.js";
import type { AgentStep, Task } from "./shapes.js";

/** Starts the agent on `order`; resolves when it has ended. */
export type Launch = (order: Order, tell: (step: AgentStep) => void) => Promise<void>;

const MAX_TASKS = 200;
const PATIENCE_MS = 20_000;

/** Runs the scripted agent as its own process; the order goes in by standard input, so no token shows in a process list. */
export const launchProcess: Launch = (order, tell) =>
  new Promise((resolve, reject) => {
    const script = new URL("./agent.js", import.meta.url).pathname;
    const child = spawn(process.execPath, [script], { stdio: ["pipe", "pipe", "inherit"], timeout: PATIENCE_MS });
    createInterface({ input: child.stdout }).on("line", (line) => tell(JSON.parse(line) as AgentStep));
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`the agent's process ended with code ${code ?? "none"}`))));
    child.stdin.end(JSON.stringify(order));
  });

/** The tasks of this process, newest last. */
export class Tasks {
  readonly #tasks = new Map<string, Task>();
  readonly #launch: Launch;

  constructor(launch: Launch) {
    this.#launch = launch;
  }

  /** Hands the agent a task; answers at once, the work goes on. `text` makes it post exactly that. */
  start(wanted: { thread: string; invoker: string; text?: string }, forum: { address: string; token: string }): Task {
    const { text, ...rest } = wanted;
    const task: Task = { id: randomUUID(), ...rest, state: "working", answer: null, steps: [] };
    this.#tasks.set(task.id, task);
    const oldest = this.#tasks.keys().next();
    if (this.#tasks.size > MAX_TASKS && !oldest.done) this.#tasks.delete(oldest.value);
    const order = {
      forum: forum.address,
      token: forum.token,
      task: { id: task.id, thread: task.thread, ...(text === undefined ? {} : { text }) },
    };
    this.#launch(order, (step) => task.steps.push(step)).then(
      () => (task.state = "done"),
      () => (task.state = "failed"),
    );
    return task;
  }

  /** One task. */
  get(id: string): Task | undefined {
    return this.#tasks.get(id);
  }
}
