/**
 * Asks before an instruction leaves the page: what is copied is about to be run.
 *
 * A reader can always get at a text they can see; this only makes sure that they have been told once, at the moment it counts.
 */
import type { Finding } from "countersign";
import { ask } from "./ask.js";
import type { Locale } from "./locale.js";

function rangesOf(selection: Selection | null): Range[] {
  return selection === null ? [] : Array.from({ length: selection.rangeCount }, (_, index) => selection.getRangeAt(index));
}

/** The clipboard's own interface first; where a page may not use it, the browser's copy of the selection as it was. */
async function copy(text: string, ranges: readonly Range[], again: () => void): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const selection = getSelection();
    selection?.removeAllRanges();
    for (const range of ranges) selection?.addRange(range);
    again();
  }
}

/**
 * Watches copying, cutting and dragging below `root`.
 *
 * @param instructions the instructions in a range that a reader has to be asked about
 * @returns ends it
 */
export function guardCopying(root: Element | Document, locale: Locale, instructions: (range: Range) => Finding[]): () => void {
  let allowed = false;
  const copied = (event: Event): void => {
    const selection = getSelection();
    const ranges = rangesOf(selection);
    const findings = ranges.flatMap(instructions);
    if (allowed || findings.length === 0) return;
    event.preventDefault();
    const text = selection?.toString() ?? "";
    const { question, anyway, leave } = locale.copy;
    void ask({ title: question(findings), findings, instead: locale.instead, yes: anyway, no: leave }).then(async (yes) => {
      if (!yes) return;
      await copy(text, ranges, () => {
        allowed = true;
        document.execCommand("copy");
        allowed = false;
      });
    });
  };
  const kinds = ["copy", "cut", "dragstart"];
  for (const kind of kinds) root.addEventListener(kind, copied);
  return () => {
    for (const kind of kinds) root.removeEventListener(kind, copied);
  };
}
