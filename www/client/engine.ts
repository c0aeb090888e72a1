/**
 * The page's end of the worker: asks it in batches and gives up on it when it dies.
 */
import type { Submission, Verdict } from "countersign";
import type { Message, Reply } from "./protocol.js";
import workerBeside from "./worker.ts?worker&url";

/** Where the engine is served. */
export interface EngineAddresses {
  /** The worker's script, same origin. Default: beside this module. */
  workerUrl?: string | URL;
  /** The `.wasm`. Default: beside the worker's script. */
  wasmUrl?: string | URL;
}

/** What the page shows of a verdict; the rest of it stays where it was made. */
export type PageVerdict = Pick<Verdict, "origin" | "request" | "findings">;

/** A verdict, or why there is none. */
export type PageAnswer = { verdict: PageVerdict } | { error: unknown };

/** Checks submissions somewhere else; the answers come in the order asked. */
export interface RemoteEngine {
  /** Rejects when the engine cannot be loaded or its worker dies. */
  check(submissions: Submission[]): Promise<PageAnswer[]>;
  /** Ends the worker. */
  close(): void;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): { createScriptURL(address: string): string };
}

let scriptAddress: { createScriptURL(address: string): string } | undefined;

/** A script address a page with `require-trusted-types-for 'script'` accepts, from a policy named `countersign`. */
function trusted(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  scriptAddress ??= trustedTypes?.createPolicy("countersign", { createScriptURL: (given) => given }) ?? {
    createScriptURL: (given) => given,
  };
  return scriptAddress.createScriptURL(address);
}

/** Starts the engine in a module worker. */
export function startEngine(addresses: EngineAddresses, policy?: string): RemoteEngine {
  const worker = new Worker(trusted(String(addresses.workerUrl ?? workerBeside)), { type: "module" });
  const waiting = new Map<number, { resolve: (answers: PageAnswer[]) => void; reject: (cause: Error) => void }>();
  const send = (message: Message) => worker.postMessage(message);
  let asked = 0;

  worker.onmessage = ({ data }: MessageEvent<Reply>) => {
    const asker = waiting.get(data.id);
    waiting.delete(data.id);
    if ("answers" in data) asker?.resolve(data.answers);
    else asker?.reject(new Error(data.error));
  };
  worker.onerror = (event) => {
    for (const { reject } of waiting.values())
      reject(new Error(event.message || "the engine's worker could not be loaded: check `workerUrl`"));
    waiting.clear();
  };
  const wasm = addresses.wasmUrl === undefined ? {} : { wasmUrl: String(addresses.wasmUrl) };
  send({ start: { ...wasm, ...(policy === undefined ? {} : { policy }) } });

  return {
    check: (submissions) =>
      new Promise((resolve, reject) => {
        asked += 1;
        waiting.set(asked, { resolve, reject });
        send({ question: { id: asked, submissions } });
      }),
    close: () => worker.terminate(),
  };
}
