// Hears the page's keys and does what they mean.
import type { Desk } from "../state/desk.js";
import type { BulkStep } from "../state/state.js";
import { type Command, commandFor, type Place } from "./keys.js";

const TYPING = "textarea, [contenteditable], input:not([type=checkbox], [type=radio])";

/** Where the focus is. Arrows scroll while a post is being read; Enter belongs to what has the focus. */
function placeOf(target: EventTarget | null, desk: Desk): Place {
  const element = target instanceof Element ? target : null;
  return {
    typing: element?.closest(TYPING) != null,
    control: element?.closest("a[href], button, summary, select, input") != null,
    reading: element?.closest("#post, select") != null,
    dialog: document.querySelector("dialog[open]") !== null,
    queue: desk.state.section === "queue",
  };
}

const focus = (selector: string) => document.querySelector<HTMLElement>(selector)?.focus();

/** Goes to the finding after the one that has the focus. */
function nextFinding(): void {
  const cards = [...document.querySelectorAll<HTMLElement>(".finding")];
  const at = cards.findIndex((card) => card.contains(document.activeElement));
  const card = cards[(at + 1) % cards.length];
  card?.scrollIntoView({ block: "nearest" });
  card?.focus();
}

/** Leaves the innermost thing first: the choice, then the post. */
function leave({ selection, places, state }: Desk): void {
  if (state.selected.size) {
    selection.clear();
    return;
  }
  places.show("queue");
  focus(".row a[aria-current]");
}

function openPost({ places }: Desk): void {
  places.show("post");
  requestAnimationFrame(() => focus("#post"));
}

/** A decision is on the chosen posts when there are any, otherwise on the open one. */
const onMany =
  (step: BulkStep, one: (desk: Desk) => void) =>
  (desk: Desk): void => {
    if (desk.state.selected.size) void desk.bulk.ask(step);
    else one(desk);
  };

/** Takes the post at the cursor into the choice and goes on, so that holding the key chooses a run of them. */
function extend(desk: Desk, by: number): void {
  const { cursor, selected } = desk.state;
  if (cursor !== null && !selected.has(cursor)) desk.selection.toggle(cursor);
  desk.places.move(by);
  if (desk.state.cursor !== null && desk.state.cursor !== cursor) desk.selection.extend(desk.state.cursor);
}

const acts: Record<Command, (desk: Desk) => void> = {
  next: ({ places }) => places.move(1),
  previous: ({ places }) => places.move(-1),
  open: openPost,
  close: leave,
  find: ({ places }) => {
    places.show("queue");
    focus("#find");
  },
  filter: ({ places }) => {
    places.show("queue");
    const toggle = document.querySelector<HTMLElement>(".filter-toggle");
    toggle?.focus();
    toggle?.click();
  },
  help: (desk) => desk.show("help"),
  approve: onMany("approve", ({ decisions }) => decisions.approve()),
  reject: onMany("reject", ({ decisions }) => decisions.ask("reject")),
  return: onMany("return", ({ decisions }) => decisions.ask("return")),
  escalate: onMany("escalate", ({ decisions }) => decisions.ask("escalate")),
  redact: ({ decisions }) => decisions.ask("redact"),
  claim: onMany("claim", ({ decisions }) => decisions.toggleClaim()),
  undo: ({ decisions }) => void decisions.undo(),
  finding: nextFinding,
  choose: ({ selection, state }) => selection.toggle(state.cursor),
  "choose-down": (desk) => extend(desk, 1),
  "choose-up": (desk) => extend(desk, -1),
  "choose-all": ({ selection }) => selection.all(),
  send: () => {},
};

/** Acts on keys until the returned function is called. */
export function listen(desk: Desk): () => void {
  const pressed = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || desk.state.access !== "granted") return;
    const command = commandFor(event, placeOf(event.target, desk), desk.state.settings.keys);
    if (!command) return;
    event.preventDefault();
    acts[command](desk);
  };
  addEventListener("keydown", pressed);
  return () => removeEventListener("keydown", pressed);
}
