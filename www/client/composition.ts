/**
 * How a text came into its field: typed or pasted, and in what time. Counts only, never the keys themselves.
 */
import type { Composition } from "countersign";

/** A count that goes on until it is stopped. */
export interface Counting {
  /** Milliseconds since the first change, keys that added text, UTF-16 units that were pasted or dropped. */
  counted(): Composition;
  stop(): void;
}

const PASTED = new Set(["insertFromPaste", "insertFromDrop", "insertFromYank"]);

/** Counts what is done to `field`. */
export function count(field: HTMLElement): Counting {
  let began: number | undefined;
  let keystrokes = 0;
  let pastedChars = 0;
  const changed = (event: Event) => {
    const { inputType, data, dataTransfer } = event as InputEvent;
    began ??= performance.now();
    if (PASTED.has(inputType)) pastedChars += (data ?? dataTransfer?.getData("text/plain") ?? "").length;
    else if (inputType.startsWith("insert")) keystrokes += 1;
  };
  field.addEventListener("beforeinput", changed);
  return {
    counted: () => ({ ms: began === undefined ? 0 : Math.round(performance.now() - began), keystrokes, pastedChars }),
    stop: () => field.removeEventListener("beforeinput", changed),
  };
}
