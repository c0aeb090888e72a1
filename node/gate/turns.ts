/**
 * One post of an agent at a time: a cap that several posts look at together before any of them counts is no cap.
 */

/** Posts of one agent that may wait. */
export const LONGEST_LINE = 64;

/** Lines of work, one for each key. */
export class Turns {
  #lines = new Map<string, { last: Promise<unknown>; waiting: number }>();

  /** Runs `work` when all earlier work of `key` has ended; undefined when too much of it waits already. */
  take<T>(key: string, work: () => Promise<T>): Promise<T> | undefined {
    const line = this.#lines.get(key) ?? { last: Promise.resolve(), waiting: 0 };
    if (line.waiting > LONGEST_LINE) return undefined;
    const mine = line.last.then(work, work);
    line.last = mine;
    line.waiting += 1;
    this.#lines.set(key, line);
    const done = () => {
      line.waiting -= 1;
      if (line.waiting === 0) this.#lines.delete(key);
    };
    mine.then(done, done);
    return mine;
  }
}
