/**
 * Says to machines who wrote a post, on every post at once: an attribute costs no layout, so it waits for nobody to scroll.
 */
import type { Disclosure, Origin } from "countersign";
import type { PostReading } from "./adapter.js";
import type { PageVerdict } from "./engine.js";
import { publicLabel } from "./locale.js";

const ATTRIBUTE = "data-ai-disclosure";

/** The attribute's value for an origin; null when nothing may be said in public. */
function disclosureOf(origin: Origin, requested: boolean): Disclosure | null {
  const label = publicLabel(origin);
  if (label === "agent") return requested ? "ai-generated" : "autonomous";
  return label === "assisted" ? "ai-assisted" : null;
}

/** Marks one post; what the server decided goes before what this page's own `verdict` says, which knows less. */
export function disclose(element: Element, reading: PostReading, verdict: PageVerdict | null): void {
  const origin = reading.origin ?? verdict?.origin;
  const requested = reading.origin !== undefined || verdict?.request.status === "requested";
  const value = reading.disclosure ?? (origin ? disclosureOf(origin, requested) : null);
  if (value) element.setAttribute(ATTRIBUTE, value);
  else conceal(element);
}

/** Takes the mark away. */
export function conceal(element: Element): void {
  element.removeAttribute(ATTRIBUTE);
}
