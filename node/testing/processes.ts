/**
 * Forum processes of a test, to talk to and to kill.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { GateOptions } from "../api/host.js";
import type { PostEvent } from "../api/schema.js";

const script = fileURLToPath(new URL("./moderating.mjs", import.meta.url));

/** What a process says: see `moderating.mjs`. */
export type Said = {
  open?: true;
  following?: true;
  held?: string;
  did?: string;
  refused?: string;
  id?: string;
  version?: number;
  status?: number;
  user?: string;
  event?: PostEvent;
  failed?: string;
};

/** What a process is started with: its store and key, the file that is its forum, its name. */
export type Start = Pick<GateOptions, "signingKey"> & { store: string; published: string; name: string };

/** One forum process. */
export class Forum {
  /** Everything it said so far. */
  readonly said: Said[] = [];
  #child: ChildProcess;
  #heard = new Set<() => void>();
  #closed: Promise<unknown>;

  constructor(start: Start) {
    this.#child = spawn(process.execPath, [script, JSON.stringify(start)], { stdio: ["pipe", "pipe", "inherit"] });
    this.#child.stdin?.on("error", () => undefined);
    const lines = createInterface({ input: this.#child.stdout as NonNullable<ChildProcess["stdout"]> });
    lines.on("line", (line) => {
      this.said.push(JSON.parse(line));
      for (const heard of this.#heard) heard();
    });
    this.#closed = Promise.all([once(lines, "close"), once(this.#child, "exit")]);
  }

  /** Tells it to do something. */
  tell(command: { do: string; id?: string; step?: string }): void {
    this.#child.stdin?.write(`${JSON.stringify(command)}\n`);
  }

  /** Resolves when it has said something that fits, `count` times; rejects when it ends before. */
  async hears(fits: (said: Said) => boolean, count = 1): Promise<Said[]> {
    for (;;) {
      const list = this.said.filter(fits);
      if (list.length >= count) return list;
      let heard = () => {};
      const next = new Promise<"heard">((resolve) => {
        heard = () => resolve("heard");
        this.#heard.add(heard);
      });
      const what = await Promise.race([next, this.#closed.then(() => "closed" as const)]);
      this.#heard.delete(heard);
      if (what === "closed" && this.said.filter(fits).length < count)
        throw new Error(`it ended having said ${JSON.stringify(this.said.at(-1))}`);
    }
  }

  /** Tells it, and waits for the answer that fits. */
  async ask(command: { do: string; id?: string; step?: string }, fits: (said: Said) => boolean): Promise<Said> {
    const before = this.said.filter(fits).length;
    this.tell(command);
    return (await this.hears(fits, before + 1)).at(-1) as Said;
  }

  /** Kills it at once, and resolves when everything it had said is read. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#closed;
  }

  /** Lets it end by itself. */
  async end(): Promise<void> {
    this.#child.stdin?.end();
    await this.#closed;
  }
}
