/**
 * The engine off the main thread: the same module the server runs, fed in batches.
 */
import type { Answer, Engine } from "countersign";
import { loadEngine } from "../../dist/engine/browser.js";
import type { PageAnswer } from "./engine.js";
import type { Message, Question, Reply } from "./protocol.js";

const scope = globalThis as unknown as { onmessage: ((event: MessageEvent<Message>) => void) | null; postMessage(reply: Reply): void };

let engine: Promise<Engine> | undefined;

/** What the page shows, and no more: every field that crosses over costs the page's main thread. */
function shown(answer: Answer): PageAnswer {
  if (!("verdict" in answer)) return answer;
  const { origin, request, findings } = answer.verdict;
  return { verdict: { origin, request, findings } };
}

async function answer(question: Question): Promise<Reply> {
  const ready = await engine;
  if (!ready) throw new Error("the worker was asked before it was started: send `start` first");
  const answers = question.submissions.map((submission) => shown(ready.check(submission)));
  return { id: question.id, answers };
}

scope.onmessage = ({ data }) => {
  if ("start" in data) {
    engine = loadEngine({ policy: data.start.policy, wasm: data.start.wasmUrl });
    // A failure is told to each question; here it only must not count as unhandled.
    engine.catch(() => undefined);
    return;
  }
  const { question } = data;
  answer(question).then(
    (reply) => scope.postMessage(reply),
    (cause: unknown) => scope.postMessage({ id: question.id, error: cause instanceof Error ? cause.message : String(cause) }),
  );
};
