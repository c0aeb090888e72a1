/**
 * The base of the page's elements: they render into the page itself, where any client script finds posts and one style sheet reaches.
 */
import { LitElement } from "lit";

/** An element without a shadow root. */
export class PageElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
