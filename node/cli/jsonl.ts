/**
 * `check --jsonl`: one submission per line in, one answer per line out, in order. A line at a time is in memory, whatever the size
 * of the stream, and reading waits while the reader of the answers is slow.
 */
import { once } from "node:events";
import type { Submission } from "countersign";
import { parts } from "../engine/source.js";
import type { Checker } from "./engine.js";
import { reply } from "./reply.js";

/** The longest line read, in UTF-16 code units; a longer one is answered as malformed and skipped. */
export const LONGEST_LINE = 64 * 1024 * 1024;

/** A line too long to be read. */
export const TOO_LONG = Symbol("too long");

type Text = string | typeof TOO_LONG;

/** Cuts chunks into lines and forgets what is too long. */
class Splitter {
  #rest: Text = "";
  #longest: number;

  constructor(longest: number) {
    this.#longest = longest;
  }

  #grow(part: string) {
    if (this.#rest === TOO_LONG) return;
    const grown: string = this.#rest + part;
    this.#rest = grown.length > this.#longest ? TOO_LONG : grown;
  }

  /** The lines `chunk` completes. */
  push(chunk: string): Text[] {
    const [first = "", ...more] = chunk.split("\n");
    this.#grow(first);
    return more.map((part) => {
      const line = this.#rest;
      this.#rest = "";
      this.#grow(part);
      return line;
    });
  }

  /** The last line, when it has no end. */
  end(): Text[] {
    return this.#rest === "" ? [] : [this.#rest];
  }
}

/** The lines of a stream, those of one chunk together. */
export async function* lines(input: AsyncIterable<string>, longest = LONGEST_LINE): AsyncGenerator<Text[]> {
  const splitter = new Splitter(longest);
  for await (const chunk of input) yield splitter.push(chunk);
  yield splitter.end();
}

type Line = { id: unknown; submission: Submission } | { id: unknown; error: string };

/** What a line asks for: a submission, or `{id, text}`, which is taken as an agent's asked-for reply. */
export function readLine(line: Text): Line {
  if (line === TOO_LONG) return { id: null, error: `the line is longer than ${LONGEST_LINE} characters: split the post` };
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return { id: null, error: "expected a JSON object: a submission, or `id` and `text`" };
    const { id = null, text, post } = value as { id?: unknown; text?: unknown; post?: unknown };
    if (post === undefined && typeof text === "string") return { id, submission: reply(text) };
    return { id, submission: value as Submission };
  } catch {
    return { id: null, error: "not JSON: write one JSON object per line" };
  }
}

type Answered = { id: unknown; verdict?: unknown; error?: string };

async function answer(checker: Checker, line: Text): Promise<Answered> {
  const read = readLine(line);
  if ("error" in read) return read;
  const { error, verdict } = parts(await checker.check(read.submission));
  return error === undefined ? { id: read.id, verdict } : { id: read.id, error };
}

/** The streams of a run. */
export type Streams = { input: AsyncIterable<string>; output: NodeJS.WritableStream; complain(message: string): void };

const isBlank = (line: Text) => typeof line === "string" && line.trim() === "";

/**
 * Runs `check --jsonl`.
 *
 * @returns the exit code: 0, or 2 when a line could not be judged
 */
export async function checkLines(checker: Checker, { input, output, complain }: Streams): Promise<number> {
  let [number, code] = [0, 0];
  const judge = async (line: Text): Promise<string> => {
    number += 1;
    if (isBlank(line)) return "";
    const answered = await answer(checker, line);
    if (answered.error !== undefined) {
      code = 2;
      complain(`line ${number}: ${answered.error}`);
    }
    return `${JSON.stringify(answered)}\n`;
  };
  for await (const batch of lines(input)) {
    let answers = "";
    for (const line of batch) answers += await judge(line);
    if (answers !== "" && !output.write(answers)) await once(output, "drain");
  }
  return code;
}
