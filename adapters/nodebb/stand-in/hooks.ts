/**
 * A stand-in for `src/plugins/hooks.js`: filters run in order of priority and may throw, actions swallow errors, every payload gets
 * the `caller` of the request it happens in.
 */
import { AsyncLocalStorage } from "node:async_hooks";

/** What NodeBB's async local storage holds: never the bearer's own account. */
export type Caller = { uid: number; req: Record<string, unknown> };

type Payload = Record<string, unknown>;
type Method = (payload: Payload) => unknown;

/** Fires hooks. */
export class Hooks {
  /** The request under way. */
  readonly requests = new AsyncLocalStorage<Caller>();
  #methods = new Map<string, { method: Method; priority: number }[]>();

  /** Listens to a hook. */
  register(hook: string, method: Method, priority = 10): void {
    const methods = [...(this.#methods.get(hook) ?? []), { method, priority }];
    this.#methods.set(
      hook,
      methods.sort((a, b) => a.priority - b.priority),
    );
  }

  /** Stops listening: what deactivating every plugin does. */
  clear(): void {
    this.#methods.clear();
  }

  /** Fires a hook; a filter's answer is what the last method returned. */
  async fire<T extends object>(hook: string, given: T): Promise<T> {
    const own = "caller" in given;
    const payload: Payload = given as Payload;
    if (!own) payload.caller = this.requests.getStore();
    const result = hook.startsWith("filter:") ? await this.#filter(hook, payload) : await this.#act(hook, payload);
    if (!own) delete result.caller;
    return result as T;
  }

  async #filter(hook: string, payload: Payload): Promise<Payload> {
    let current = payload;
    for (const { method } of this.#methods.get(hook) ?? []) current = (await method(current)) as Payload;
    return current;
  }

  async #act(hook: string, payload: Payload): Promise<Payload> {
    for (const { method } of this.#methods.get(hook) ?? []) {
      try {
        await method(payload);
      } catch {
        // As NodeBB: logged, and the forum goes on.
      }
    }
    return payload;
  }
}
