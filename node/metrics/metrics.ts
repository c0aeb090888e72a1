/**
 * The metrics of one gate, put together.
 */
import type { GateOptions } from "../api/host.js";
import type { Context } from "../context.js";
import { strong } from "../session/secret.js";
import type { Meter } from "./meter.js";
import { StoreMeter } from "./store.js";

/** Counters, what the store knows, and the token that may read both. */
export type Metrics = { meter: Meter; store: StoreMeter; token: string | undefined };

/**
 * The metrics of a gate, counting from now on.
 *
 * @throws Error when the token is too short
 */
export async function createMetrics(context: Context, meter: Meter, options: GateOptions): Promise<Metrics> {
  const token = strong(options.metrics?.token, "metrics");
  const store = new StoreMeter(context, meter);
  await store.start();
  return { meter, store, token };
}
