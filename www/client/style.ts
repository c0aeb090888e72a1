/**
 * The look of the client's elements. A host overrides the `--countersign-*` colours; they follow the page's `color-scheme`.
 */

const COLOURS = `
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
    font-family: var(--countersign-font, inherit);
  }
  :host([hidden]) { display: none; }
`;

/** Of `<countersign-label>`. */
export const LABEL = `${COLOURS}
  :host { display: inline-block; position: relative; vertical-align: baseline; }
  button { all: unset; box-sizing: border-box; cursor: pointer; display: inline-flex; flex-wrap: wrap; gap: 0 0.35em; align-items: center; min-block-size: 24px;
    padding: 0.1em 0.6em; border-radius: 999px; font-size: 0.8125em; font-weight: 600; line-height: 1.4;
    color: var(--agent); background: var(--agent-soft); border: 1px solid var(--agent-line); }
  button:focus-visible { outline: 2px solid var(--agent); outline-offset: 2px; }
  /* Drawn, not written: a character no font of the page has costs every reader a search through all their fonts. */
  .sign { inline-size: 0.6em; block-size: 0.6em; background: currentColor; border-radius: 1px; rotate: 45deg; }
  .sign.service { rotate: none; border-radius: 50%; }
  .for { font-weight: 400; }
  .panel { position: absolute; z-index: 5; inset-block-start: calc(100% + 6px); inset-inline-start: 0; inline-size: max-content; max-inline-size: min(22rem, 60vw);
    padding: 0.75rem 0.9rem; border-radius: 10px; color: var(--text); background: var(--surface); border: 1px solid var(--border);
    box-shadow: 0 8px 24px rgb(0 0 0 / 0.18); font-size: 0.875rem; line-height: 1.5; }
  /* On a narrow screen it stands at the foot of it, clear of the label and of the thumb that opened it. */
  @media (max-width: 40rem) { .panel { position: fixed; inset: auto 0.75rem 0.75rem; inline-size: auto; max-inline-size: none; } }
  .panel p { margin: 0; font-weight: 600; }
  ul { margin: 0.35rem 0 0; padding-inline-start: 1.1rem; overflow-wrap: anywhere; }
`;

/** Of `<countersign-veil>`. */
export const VEIL = `${COLOURS}
  :host { display: inline; font-family: inherit; }
  .veil { display: block; box-sizing: border-box; max-inline-size: 36rem; margin-block: 0.25rem; padding: 0.7rem 0.9rem; border-radius: 10px;
    border: 1px solid var(--warn-line); border-inline-start: 4px solid var(--warn); background: var(--warn-soft); color: var(--text);
    font-family: var(--countersign-font, system-ui, sans-serif); font-size: 0.9rem; line-height: 1.5; white-space: normal; }
  .veil[hidden] { display: none; }
  strong, .who, .why, .safer { display: block; }
  .who { font-weight: 600; }
  strong { color: var(--warn); }
  .why::first-letter { text-transform: uppercase; }
  .safer { margin-block-start: 0.35rem; }
  button { margin-block-start: 0.6rem; min-block-size: 32px; padding: 0.2rem 0.8rem; border-radius: 8px; border: 1px solid var(--warn); font: inherit; font-weight: 600;
    color: var(--warn); background: var(--surface); cursor: pointer; }
  button:focus-visible { outline: 2px solid var(--warn); outline-offset: 2px; }
  .tag { margin: 0 0.5em 0.15em 0; min-block-size: 24px; padding: 0 0.6em; border-radius: 999px; border-color: var(--warn-line); font: 600 0.8125rem/1.4 var(--countersign-font, system-ui, sans-serif);
    background: var(--warn-soft); user-select: none; vertical-align: baseline; white-space: normal; text-align: start; }
  mark { color: inherit; background: var(--warn-soft); text-decoration: underline 2px var(--warn); text-underline-offset: 0.25em; }
`;

/** Of `<countersign-ask>`. */
export const ASK = `${COLOURS}
  dialog { box-sizing: border-box; max-inline-size: min(32rem, calc(100vw - 2rem)); padding: 1.1rem 1.25rem; border: 1px solid var(--warn-line); border-radius: 12px;
    border-block-start: 4px solid var(--warn); color: var(--text); background: var(--surface); font-size: 0.95rem; line-height: 1.5; overflow-wrap: anywhere; }
  dialog::backdrop { background: rgb(0 0 0 / 0.45); }
  h2 { margin: 0; font-size: 1.1rem; color: var(--warn); }
  ul { margin: 0.5rem 0; padding-inline-start: 1.2rem; }
  .safer { margin: 0.5rem 0; }
  .acts { display: flex; flex-wrap: wrap; gap: 0.6rem; justify-content: end; margin-block-start: 0.9rem; }
  button { min-block-size: 36px; padding: 0.25rem 0.95rem; border-radius: 8px; border: 1px solid var(--border); font: inherit; font-weight: 600; color: var(--text);
    background: var(--surface); cursor: pointer; }
  .main { color: var(--surface); background: var(--warn); border-color: var(--warn); }
  button:focus-visible { outline: 2px solid var(--warn); outline-offset: 2px; }
`;

/** Of `<countersign-composer>`. */
export const COMPOSER = `${COLOURS}
  :host { display: block; font-size: 0.9rem; line-height: 1.5; color: var(--text); }
  .found, .suspected { box-sizing: border-box; margin-block: 0.4rem; padding: 0.6rem 0.8rem; border-radius: 10px; border: 1px solid var(--warn-line); background: var(--warn-soft); }
  .suspected { border-color: var(--agent-line); background: var(--agent-soft); }
  strong { display: block; color: var(--warn); }
  ul { margin: 0.25rem 0 0; padding-inline-start: 1.1rem; overflow-wrap: anywhere; }
  label { display: inline-flex; flex-wrap: wrap; gap: 0.5em; align-items: center; }
  select { min-block-size: 32px; padding: 0.15rem 0.5rem; border-radius: 8px; border: 1px solid var(--border); font: inherit; color: var(--text); background: var(--surface); }
  select:focus-visible { outline: 2px solid var(--agent); outline-offset: 2px; }
  [hidden] { display: none; }
`;
