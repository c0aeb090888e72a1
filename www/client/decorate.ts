/**
 * Turns a verdict into what a reader sees of it: the label, the veils and the metadata for machines.
 */
import type { Disclosure, Finding, Origin, Severity, Verdict } from "countersign";
import type { PostReading } from "./adapter.js";
import { CountersignLabel } from "./label.js";
import { type Locale, publicLabel } from "./locale.js";
import { locate, merge, type TextRange } from "./locate.js";
import { CountersignVeil } from "./veil.js";
import { unwrap, wrap } from "./wrap.js";

/** How decorations are made. */
export interface DecorateOptions {
  /** The words. */
  locale: Locale;
  /** The mildest finding that is veiled. */
  veilFrom: Severity;
}

/** What was put into the page for one post. */
export interface Decoration {
  /** Whether all of it is still there. */
  intact(): boolean;
  /** Takes it away. */
  remove(): void;
}

const SEVERITIES: readonly Severity[] = ["low", "medium", "high", "critical"];

/** The `data-ai-disclosure` value for an origin; null when nothing may be said in public. */
export function disclosureOf(origin: Origin, requested: boolean): Disclosure | null {
  const label = publicLabel(origin);
  if (label === "agent") return requested ? "ai-generated" : "autonomous";
  return label === "assisted" ? "ai-assisted" : null;
}

/** The findings of a body's verdict that are shown at their place. */
export function shownFindings(verdict: Verdict | null, from: Severity): Finding[] {
  if (!verdict) return [];
  const least = SEVERITIES.indexOf(from);
  return verdict.findings.filter((finding) => finding.field === "body" && SEVERITIES.indexOf(finding.severity) >= least);
}

/** Decorates one post; `verdict` is null when it could not be checked: the label then rests on the host's word alone. */
export function decorate(element: Element, reading: PostReading, verdict: Verdict | null, options: DecorateOptions): Decoration {
  const origin = reading.origin ?? verdict?.origin;
  const label = origin ? addLabel(reading.badgeElement, origin, options.locale) : null;
  const requested = reading.origin !== undefined || verdict?.request.status === "requested";
  const disclosure = reading.disclosure ?? (origin ? disclosureOf(origin, requested) : null);
  if (disclosure) element.setAttribute("data-ai-disclosure", disclosure);
  const who = origin ? publicLabel(origin) : null;
  // What a moderator has cleared is not veiled; who wrote it stays said.
  const findings = reading.cleared && who === null ? [] : shownFindings(verdict, options.veilFrom);
  const veils = addVeils(reading, findings, who, options.locale);
  const parts = [...(label ? [label] : []), ...veils];
  return {
    intact: () => parts.every((part) => element.contains(part)),
    remove: () => {
      label?.remove();
      veils.forEach(unwrap);
      element.removeAttribute("data-ai-disclosure");
    },
  };
}

function addLabel(place: Element, origin: Origin, locale: Locale): CountersignLabel | null {
  if (!publicLabel(origin)) return null;
  const label = new CountersignLabel();
  label.show(origin, locale);
  place.append(label);
  return label;
}

function addVeils(reading: PostReading, findings: Finding[], who: keyof Locale["label"] | null, locale: Locale): HTMLElement[] {
  if (findings.length === 0) return [];
  const text = reading.bodyElement.textContent ?? "";
  const places = findings.map((finding) => ({
    finding,
    range: locate(reading.body, finding.span, text) ?? { start: 0, end: text.length },
  }));
  return merge(places.map((place) => place.range)).flatMap((range) => {
    const inside = places.filter((place) => place.range.start >= range.start && place.range.end <= range.end);
    const said = inside.map((place) => place.finding);
    const pieces = veil(reading.bodyElement, range, (made) => made.explain(said, locale, who));
    const open = () => pieces.forEach((piece) => void piece.reveal(locale));
    if (reading.cleared) open();
    else pieces[0]?.addEventListener("countersign-acknowledge", open);
    return pieces;
  });
}

/** One veil over `range`, in as many pieces as it has text nodes; `explain` makes the first of them speak. */
function veil(body: Element, range: TextRange, explain: (first: CountersignVeil) => void): CountersignVeil[] {
  return wrap(body, range, (piece) => {
    const made = new CountersignVeil();
    if (piece === 0) explain(made);
    return made;
  });
}
