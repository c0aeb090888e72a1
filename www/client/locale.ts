/**
 * Every word the client shows, so that a host can translate all of it.
 */
import type { Finding, Origin } from "countersign";

/** The client's texts; each is a plain string or makes one. */
export interface Locale {
  /** The label's short text. */
  label: Record<"agent" | "assisted" | "service", string>;
  /** Follows the label when a human stands behind an agent. */
  onBehalfOf: (name: string) => string;
  /** The heading over the evidence. */
  evidence: string;
  /** The accessible name of the label's button. */
  labelName: (label: string) => string;
  /** How well the origin is known. */
  basis: Record<"verified" | "declared", string>;
  /** The veil's heading for one or several findings. */
  veil: (findings: readonly Finding[]) => string;
  /** The veil's button. */
  acknowledge: string;
  /** Stands before the safer way. */
  instead: string;
  /** The mark on a text that was acknowledged. */
  acknowledged: string;
  /** Stands at an instruction that can be read: what it changes, after the label of its post, where that has one. */
  tag: (findings: readonly Finding[], label: string | null) => string;
  /** Says at an instruction who wrote it. */
  writtenBy: Record<"agent" | "assisted" | "service", string>;
  /** Asked before an instruction is copied. */
  copy: { question: (findings: readonly Finding[]) => string; anyway: string; leave: string };
  /** At the field a post is written in. */
  composer: {
    /** The heading over what the text would change. */
    found: (findings: readonly Finding[]) => string;
    /** Asked when a lot was pasted, or the text reads like an assistant's. */
    suspected: string;
    /** The choice of who wrote it, and its values. */
    writer: string;
    writers: Record<"none" | "ai-assisted" | "ai-generated", string>;
    /** Asked before a text with an instruction is sent. */
    question: string;
    send: string;
    edit: string;
  };
}

const WHAT: Record<Finding["direction"], string> = {
  widens: "widens access",
  narrows: "narrows access",
  shifts: "moves access to somebody else",
};

/** English. */
export const english: Locale = {
  label: { agent: "AI agent", assisted: "Written with AI", service: "Automated" },
  onBehalfOf: (name) => `for ${name}`,
  evidence: "How this is known",
  labelName: (label) => `${label}: how this is known`,
  basis: { verified: "Verified by the forum", declared: "Declared by its author" },
  veil: ([first]) => `Hidden: following this ${first ? WHAT[first.direction] : "changes access"}`,
  acknowledge: "I understand, show it",
  instead: "Instead",
  acknowledged: "Changes access",
  tag: ([first], label) => `${label === null ? "" : `${label}: `}${first ? WHAT[first.direction] : "changes access"}`,
  writtenBy: {
    agent: "An AI agent wrote this instruction",
    assisted: "This instruction was written with AI",
    service: "An automation wrote this instruction",
  },
  copy: {
    question: ([first]) => `This ${first ? WHAT[first.direction] : "changes access"}: copy it anyway?`,
    anyway: "Copy anyway",
    leave: "Do not copy",
  },
  composer: {
    found: ([first]) => `Your post ${first ? WHAT[first.direction] : "changes access"}`,
    suspected: "This reads like an assistant's text. If an agent wrote it, say so: readers decide better when they know.",
    writer: "Who wrote this?",
    writers: { none: "I wrote it", "ai-assisted": "I wrote it with an agent's help", "ai-generated": "An agent wrote it" },
    question: "Post it anyway? Readers see what it would change before they see the instruction.",
    send: "Post anyway",
    edit: "Go on editing",
  },
};

/** The key of an origin's public label; null when nothing may be said in public. */
export function publicLabel(origin: Origin): keyof Locale["label"] | null {
  if (origin.basis !== "verified" && origin.basis !== "declared") return null;
  return origin.label === "agent" || origin.label === "assisted" || origin.label === "service" ? origin.label : null;
}
