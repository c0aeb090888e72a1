// Every key of the page, once: what is pressed, what it does and the words the help shows for it.
import type { Key } from "../locale/locale.js";

/** What a key can do. */
export type Command =
  | "next"
  | "previous"
  | "open"
  | "close"
  | "find"
  | "filter"
  | "help"
  | "approve"
  | "reject"
  | "return"
  | "redact"
  | "escalate"
  | "claim"
  | "undo"
  | "finding"
  | "choose"
  | "choose-down"
  | "choose-up"
  | "choose-all"
  | "send";

/** One row of the help. `single` keys are plain characters and can be turned off. */
export type Binding = {
  command: Command;
  keys: readonly string[];
  group: "move" | "choose" | "decide" | "page";
  words: Key;
  single: boolean;
};

/** In the order the help shows them. Shift is part of a character: `J` is Shift and j. */
export const BINDINGS: readonly Binding[] = [
  { command: "approve", keys: ["a"], group: "decide", words: "key.approve", single: true },
  { command: "reject", keys: ["r"], group: "decide", words: "key.reject", single: true },
  { command: "return", keys: ["d"], group: "decide", words: "key.return", single: true },
  { command: "redact", keys: ["b"], group: "decide", words: "key.redact", single: true },
  { command: "escalate", keys: ["e"], group: "decide", words: "key.escalate", single: true },
  { command: "claim", keys: ["c"], group: "decide", words: "key.claim", single: true },
  { command: "undo", keys: ["z"], group: "decide", words: "key.undo", single: true },
  { command: "send", keys: ["Ctrl+Enter"], group: "decide", words: "key.send", single: false },
  { command: "next", keys: ["j", "ArrowDown"], group: "move", words: "key.next", single: true },
  { command: "previous", keys: ["k", "ArrowUp"], group: "move", words: "key.previous", single: true },
  { command: "open", keys: ["o", "Enter"], group: "move", words: "key.open", single: true },
  { command: "finding", keys: ["n"], group: "move", words: "key.finding", single: true },
  { command: "choose", keys: ["x"], group: "choose", words: "key.choose", single: true },
  { command: "choose-down", keys: ["J"], group: "choose", words: "key.choose-down", single: true },
  { command: "choose-up", keys: ["K"], group: "choose", words: "key.choose-up", single: true },
  { command: "choose-all", keys: ["*"], group: "choose", words: "key.choose-all", single: true },
  { command: "find", keys: ["/"], group: "page", words: "key.find", single: true },
  { command: "filter", keys: ["f"], group: "page", words: "key.filter", single: true },
  { command: "close", keys: ["Escape"], group: "page", words: "key.close", single: false },
  { command: "help", keys: ["?"], group: "page", words: "key.help", single: true },
];

/** The key of a command as a button shows it. */
export const keyOf = (command: Command): string => BINDINGS.find((binding) => binding.command === command)?.keys[0] ?? "";

/**
 * Where a key was pressed: in a text, on a control that uses Enter itself, where arrows mean something of their own, under a dialog,
 * and whether the queue is shown at all.
 */
export type Place = { typing: boolean; control: boolean; reading: boolean; dialog: boolean; queue: boolean };

/** A key press, as far as it matters here. */
export type Press = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean };

/** Whether what has the focus needs the key for itself. */
const taken = (key: string, place: Place) => (key === "Enter" && place.control) || (key.startsWith("Arrow") && place.reading);

/**
 * What a key press means, or null when it is not the page's.
 *
 * Dialogs and text fields keep their keys, other sections all but the help's; `singles` is off when the moderator turned plain
 * characters off.
 */
export function commandFor(press: Press, place: Place, singles: boolean): Command | null {
  if (place.dialog || press.ctrlKey || press.metaKey || press.altKey) return null;
  const binding = BINDINGS.find(({ keys }) => keys.includes(press.key));
  if (!binding || (!place.queue && binding.command !== "help")) return null;
  if (place.typing) return binding.command === "close" ? "close" : null;
  if (taken(press.key, place)) return null;
  const plain = binding.single && press.key.length === 1;
  return plain && !singles ? null : binding.command;
}
