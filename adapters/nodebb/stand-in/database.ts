/**
 * A stand-in for `src/database`: objects, counters and sorted sets in memory, with NodeBB's habit of dropping `undefined` and
 * answering numbers as text.
 */
import type { Database, Row } from "../lib/types.js";

/** What a test sees of the database beyond NodeBB's own interface. */
export type StandInDatabase = Database & {
  /** Every key there is. */
  keys(): string[];
  /** Everything kept, as text: where a secret would show. */
  dump(): string;
  incrObjectField(key: string, field: string): Promise<number>;
};

const text = (value: unknown) => (typeof value === "object" && value !== null ? value : String(value));

class Sets {
  readonly all = new Map<string, Map<string, number>>();

  add = async (key: string, score: number, value: string) => {
    const set = this.all.get(key) ?? new Map();
    this.all.set(key, set.set(String(value), score));
  };

  remove = async (key: string, value: string | string[]) => {
    for (const each of [value].flat()) this.all.get(key)?.delete(String(each));
    if (this.all.get(key)?.size === 0) this.all.delete(key);
  };

  range = async (key: string, from: number, to: number) => {
    const values = [...(this.all.get(key) ?? [])].sort(([, a], [, b]) => a - b).map(([value]) => value);
    return values.slice(from, to === -1 ? undefined : to + 1);
  };

  revRange = async (key: string, from: number, to: number) => {
    const values = (await this.range(key, 0, -1)).reverse();
    return values.slice(from, to === -1 ? undefined : to + 1);
  };
}

/** An empty database. */
export function createDatabase(): StandInDatabase {
  const objects = new Map<string, Row>();
  const sets = new Sets();
  const drop = (key: string) => {
    objects.delete(key);
    sets.all.delete(key);
  };
  const database: StandInDatabase = {
    getObject: async (key) => structuredClone(objects.get(key) ?? null),
    getObjects: async (keys) => keys.map((key) => structuredClone(objects.get(key) ?? null)),
    setObject: async (key, value) => {
      const kept = Object.entries(value).filter(([, each]) => each !== undefined && each !== null);
      objects.set(key, { ...objects.get(key), ...Object.fromEntries(kept.map(([field, each]) => [field, text(each)])) });
    },
    setObjectField: async (key, field, value) => database.setObject(key, { [field]: value }),
    getObjectField: async (key, field) => objects.get(key)?.[field] ?? null,
    deleteObjectField: async (key, field) => {
      const { [field]: _gone, ...rest } = objects.get(key) ?? {};
      if (Object.keys(rest).length > 0) objects.set(key, rest);
      else objects.delete(key);
    },
    delete: async (key) => drop(key),
    deleteAll: async (keys) => keys.forEach(drop),
    sortedSetAdd: sets.add,
    sortedSetRemove: sets.remove,
    getSortedSetRange: sets.range,
    getSortedSetRevRange: sets.revRange,
    incrObjectField: async (key, field) => {
      const next = Number(objects.get(key)?.[field] ?? 0) + 1;
      objects.set(key, { ...objects.get(key), [field]: String(next) });
      return next;
    },
    keys: () => [...objects.keys(), ...sets.all.keys()],
    dump: () => JSON.stringify([...objects, ...[...sets.all].map(([key, set]) => [key, [...set]])]),
  };
  return database;
}
