// Hears the page's keys and does what they mean.
import type { Desk } from "../state/desk.js";
import { type Command, commandFor, type Place } from "./keys.js";

const TYPING = "textarea, [contenteditable], input:not([type=checkbox], [type=radio])";

/** Where the focus is. Arrows scroll while a post is being read; Enter belongs to what has the focus. */
function placeOf(target: EventTarget | null): Place {
  const element = target instanceof Element ? target : null;
  return {
    typing: element?.closest(TYPING) != null,
    control: element?.closest("a[href], button, summary, select, input") != null,
    reading: element?.closest("#post") != null,
    dialog: document.querySelector("dialog[open]") !== null,
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

function leave(desk: Desk): void {
  desk.dismiss();
  desk.show("queue");
  focus(".row a[aria-current]");
}

function openPost(desk: Desk): void {
  desk.show("post");
  requestAnimationFrame(() => focus("#post"));
}

const acts: Record<Command, (desk: Desk) => void> = {
  next: (desk) => desk.move(1),
  previous: (desk) => desk.move(-1),
  open: openPost,
  close: leave,
  find: (desk) => {
    desk.show("queue");
    focus("#find");
  },
  help: (desk) => desk.ask("help"),
  approve: (desk) => desk.approve(),
  reject: (desk) => desk.ask("reject"),
  return: (desk) => desk.ask("return"),
  claim: (desk) => desk.toggleClaim(),
  finding: nextFinding,
  send: () => {},
};

/** Acts on keys until the returned function is called. */
export function listen(desk: Desk): () => void {
  const pressed = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || desk.state.access !== "granted") return;
    const command = commandFor(event, placeOf(event.target), desk.state.settings.keys);
    if (!command) return;
    event.preventDefault();
    acts[command](desk);
  };
  addEventListener("keydown", pressed);
  return () => removeEventListener("keydown", pressed);
}
