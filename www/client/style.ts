/**
 * The colours of the client's elements. A host overrides the `--countersign-*` ones; they follow the page's `color-scheme`.
 */
import { css } from "lit";

/** Private names with their defaults; adopted by each element, so no inline style is needed under a strict CSP. */
export const tokens = css`
  :host {
    --agent: var(--countersign-agent, light-dark(#5b21b6, #c4b5fd));
    --agent-soft: var(--countersign-agent-soft, light-dark(#f3eeff, #2a2145));
    --agent-line: var(--countersign-agent-line, light-dark(#d3c2fb, #51408a));
    --warn: var(--countersign-warn, light-dark(#8a3b00, #ffb86b));
    --warn-soft: var(--countersign-warn-soft, light-dark(#fff4e5, #33240f));
    --warn-line: var(--countersign-warn-line, light-dark(#f0c48a, #6d4a17));
    --surface: var(--countersign-surface, light-dark(#ffffff, #1b1d22));
    --text: var(--countersign-text, light-dark(#1d2026, #e8eaee));
    --border: var(--countersign-border, light-dark(#d7dbe2, #3a3e47));
    font-family: system-ui, sans-serif;
  }
`;
