/**
 * The demo forum's accounts: four people and one agent. A real forum has its own user table here.
 */

import type { Person } from "./shapes.js";

/** Every account, by id. */
export const PEOPLE: ReadonlyMap<string, Person> = new Map(
  (
    [
      { id: "dana", name: "Dana", kind: "human", about: "Data engineering" },
      { id: "lior", name: "Lior", kind: "human", about: "Platform" },
      { id: "mira", name: "Mira", kind: "human", about: "Moderator", moderator: true },
      { id: "omar", name: "Omar", kind: "human", about: "Operates the helper" },
      { id: "helper", name: "helper", kind: "agent", about: "Scripted agent" },
    ] satisfies Person[]
  ).map((person) => [person.id, person]),
);

/** The one agent account. */
export const AGENT = "helper";

/** Who operates it: gets what it writes for nobody. */
export const OPERATOR = "omar";
