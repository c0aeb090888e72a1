/**
 * What the client's elements are made with: plain DOM, so that a host's own library (and its Trusted Types policy) is never met twice.
 *
 * Text only ever becomes a text node; nothing here takes markup.
 */

/** Something that stands in an element: another one, or words. */
export type Child = Node | string;

/** Makes an element with attributes and children; a `false` or missing attribute is left out. */
export function make(name: string, attributes: Record<string, string | undefined>, ...children: Child[]): HTMLElement {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** A style sheet to adopt: a strict CSP allows it where it forbids `<style>`. */
export function sheet(css: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
}

/** A shadow root dressed in `sheets`. */
export function shadow(host: HTMLElement, sheets: CSSStyleSheet[]): ShadowRoot {
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = sheets;
  return root;
}
