/**
 * Turns a verdict into what a reader sees of it: the label and the veils.
 */
import type { Finding, Origin, Severity } from "countersign";
import type { PostReading } from "./adapter.js";
import type { PageVerdict } from "./engine.js";
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
  /** The veils the reader has read past, by what they veil; those opened now are added. */
  opened: Set<string>;
}

/** What was put into the page for one post. */
export interface Decoration {
  /** Whether all of it is still there. */
  intact(): boolean;
  /** The instructions that can be read in `range` and that no moderator has cleared. */
  copied(range: Range): Finding[];
  /** Takes it away. */
  remove(): void;
}

/** One veil, in as many pieces as it has text nodes. */
interface Veil {
  pieces: CountersignVeil[];
  findings: Finding[];
}

const SEVERITIES: readonly Severity[] = ["low", "medium", "high", "critical"];

/** The findings of a body's verdict that are shown at their place. */
export function shownFindings(verdict: PageVerdict | null, from: Severity): Finding[] {
  if (!verdict) return [];
  const least = SEVERITIES.indexOf(from);
  return verdict.findings.filter((finding) => finding.field === "body" && SEVERITIES.indexOf(finding.severity) >= least);
}

/** Whether there is anything to show at a post. */
export function decorates(reading: PostReading, verdict: PageVerdict | null, veilFrom: Severity): boolean {
  const origin = reading.origin ?? verdict?.origin;
  return (origin !== undefined && publicLabel(origin) !== null) || shownFindings(verdict, veilFrom).length > 0;
}

/** Decorates one post; `verdict` is null when it could not be checked: the label then rests on the host's word alone. */
export function decorate(element: Element, reading: PostReading, verdict: PageVerdict | null, options: DecorateOptions): Decoration {
  const origin = reading.origin ?? verdict?.origin;
  const label = origin ? addLabel(reading.badgeElement, origin, options.locale) : null;
  const who = origin ? publicLabel(origin) : null;
  // What a moderator has cleared is not veiled; who wrote it stays said.
  const findings = reading.cleared && who === null ? [] : shownFindings(verdict, options.veilFrom);
  const veils = addVeils(reading, findings, who, options);
  const pieces = veils.flatMap((veil) => veil.pieces);
  const parts = [...(label ? [label] : []), ...pieces];
  const inside = (range: Range) => (piece: CountersignVeil) => piece.hasAttribute("open") && range.intersectsNode(piece);
  return {
    intact: () => parts.every((part) => element.contains(part)),
    copied: (range) => (reading.cleared ? [] : veils.filter((veil) => veil.pieces.some(inside(range))).flatMap((veil) => veil.findings)),
    remove: () => {
      label?.remove();
      pieces.forEach(unwrap);
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

function addVeils(reading: PostReading, findings: Finding[], who: keyof Locale["label"] | null, options: DecorateOptions): Veil[] {
  if (findings.length === 0) return [];
  const { locale, opened } = options;
  const text = reading.bodyElement.textContent ?? "";
  const places = findings.map((finding) => ({
    finding,
    range: locate(reading.body, finding.span, text) ?? { start: 0, end: text.length },
  }));
  return merge(places.map((place) => place.range)).map((range) => {
    const inside = places.filter((place) => place.range.start >= range.start && place.range.end <= range.end);
    const said = inside.map((place) => place.finding);
    const pieces = veil(reading.bodyElement, range, (made) => made.explain(said, locale, who));
    const name = said.map((finding) => finding.fingerprint).join();
    const open = () => pieces.forEach((piece) => void piece.reveal(locale));
    if (reading.cleared || opened.has(name)) open();
    pieces[0]?.addEventListener("countersign-acknowledge", () => {
      opened.add(name);
      open();
    });
    return { pieces, findings: said };
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
