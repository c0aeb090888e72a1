// Every key of the page, once: what is pressed, what it does and the words the help shows for it.
import type { Key } from "../locale/locale.js";

/** What a key can do. */
export type Command =
  | "next"
  | "previous"
  | "open"
  | "close"
  | "find"
  | "help"
  | "approve"
  | "reject"
  | "return"
  | "claim"
  | "finding"
  | "send";

/** One row of the help. `single` keys are plain characters and can be turned off. */
export type Binding = { command: Command; keys: readonly string[]; group: "move" | "decide" | "page"; words: Key; single: boolean };

/** In the order the help shows them. */
export const BINDINGS: readonly Binding[] = [
  { command: "next", keys: ["j", "ArrowDown"], group: "move", words: "key.next", single: true },
  { command: "previous", keys: ["k", "ArrowUp"], group: "move", words: "key.previous", single: true },
  { command: "open", keys: ["o", "Enter"], group: "move", words: "key.open", single: true },
  { command: "finding", keys: ["n"], group: "move", words: "key.finding", single: true },
  { command: "approve", keys: ["a"], group: "decide", words: "key.approve", single: true },
  { command: "reject", keys: ["r"], group: "decide", words: "key.reject", single: true },
  { command: "return", keys: ["d"], group: "decide", words: "key.return", single: true },
  { command: "claim", keys: ["c"], group: "decide", words: "key.claim", single: true },
  { command: "send", keys: ["Ctrl+Enter"], group: "decide", words: "key.send", single: false },
  { command: "find", keys: ["/"], group: "page", words: "key.find", single: true },
  { command: "close", keys: ["Escape"], group: "page", words: "key.close", single: false },
  { command: "help", keys: ["?"], group: "page", words: "key.help", single: true },
];

/** Where a key was pressed: in a text, on a control that uses Enter itself, in the post (where arrows scroll), under a dialog. */
export type Place = { typing: boolean; control: boolean; reading: boolean; dialog: boolean };

/** A key press, as far as it matters here. */
export type Press = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean };

/** Whether what has the focus needs the key for itself. */
const taken = (key: string, place: Place) => (key === "Enter" && place.control) || (key.startsWith("Arrow") && place.reading);

/**
 * What a key press means, or null when it is not the page's.
 *
 * Dialogs and text fields keep their keys; `singles` is off when the moderator turned plain characters off.
 */
export function commandFor(press: Press, place: Place, singles: boolean): Command | null {
  if (place.dialog || press.ctrlKey || press.metaKey || press.altKey) return null;
  const binding = BINDINGS.find(({ keys }) => keys.includes(press.key));
  if (!binding) return null;
  if (place.typing) return binding.command === "close" ? "close" : null;
  if (taken(press.key, place)) return null;
  const plain = binding.single && press.key.length === 1;
  return plain && !singles ? null : binding.command;
}
