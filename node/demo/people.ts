/**
 * The demo forum's accounts: three people and one agent. A real forum has its own user table here.
 */

import type { Person } from "./shapes.js";

/** Every account, by id. */
export const PEOPLE: ReadonlyMap<string, Person> = new Map(
  (
    [
      { id: "dana", name: "Dana", kind: "human", about: "Data engineering" },
      { id: "lior", name: "Lior", kind: "human", about: "Platform" },
      { id: "mira", name: "Mira", kind: "human", about: "Moderator", moderator: true },
      { id: "helper", name: "helper", kind: "agent", about: "Scripted agent" },
    ] satisfies Person[]
  ).map((person) => [person.id, person]),
);

/** The one agent account. */
export const AGENT = "helper";
