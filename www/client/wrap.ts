/**
 * Puts elements around a range of an element's text, and takes them away again without a trace.
 *
 * Only text nodes are split and moved; no markup is ever parsed.
 */
import { slices, type TextRange } from "./locate.js";

function textNodes(root: Element): Text[] {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) nodes.push(node as Text);
  return nodes;
}

/**
 * Wraps `range` (UTF-16 units of `root.textContent`), one wrapper for each text node it touches, in document order.
 *
 * @param make called once per piece with its number, from 0
 */
export function wrap<Wrapper extends HTMLElement>(root: Element, range: TextRange, make: (piece: number) => Wrapper): Wrapper[] {
  const nodes = textNodes(root);
  const cuts = slices(
    nodes.map((node) => node.length),
    range,
  ).filter((cut) => nodes[cut.index]?.data.slice(cut.start, cut.end).trim() !== "");
  return cuts.flatMap((cut, piece) => {
    const node = nodes[cut.index];
    if (!node) return [];
    if (cut.end < node.length) node.splitText(cut.end);
    const inner = cut.start > 0 ? node.splitText(cut.start) : node;
    const wrapper = make(piece);
    inner.replaceWith(wrapper);
    wrapper.append(inner);
    return [wrapper];
  });
}

/** Removes `wrapper` and leaves its content, rejoined with the text beside it. */
export function unwrap(wrapper: Element): void {
  const parent = wrapper.parentElement;
  wrapper.replaceWith(...wrapper.childNodes);
  parent?.normalize();
}
