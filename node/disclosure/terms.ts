/**
 * What may be said in public of who wrote a post, in the words other programs know: one table, so that page, API, header and
 * federation never contradict each other.
 *
 * Only what was verified or declared is ever said. A suspicion looks exactly like knowing nothing.
 *
 * The terms:
 * - `data-ai-disclosure`: the values of the W3C AI Content Disclosure Community Group's `ai-disclosure` attribute,
 *   https://github.com/w3c-cg/ai-content-disclosure, under a name HTML allows today. `autonomous` is the word of the proposal
 *   (https://github.com/WICG/proposals/issues/261); the group's draft of May 2026 spells it `ai-autonomous`.
 * - `AI-Disclosure`: https://datatracker.ietf.org/doc/draft-abaris-aicdh/ (-01, January 2026), a dictionary whose `mode` says it; which mode goes
 *   with which value is the group's table.
 * - digital source types: https://cv.iptc.org/newscodes/digitalsourcetype/ (October 2024), and the same in schema.org's
 *   https://schema.org/IPTCDigitalSourceEnumeration.
 * - actors: https://www.w3.org/TR/activitystreams-vocabulary/#actor-types.
 */
import type { Origin, Verdict } from "countersign";

/** How much of a post is a machine's: the value of `data-ai-disclosure`. */
export type AiDisclosure = "ai-assisted" | "ai-generated" | "autonomous";

/** What is said of a post. */
export type Terms = {
  /** The value of the attribute `data-ai-disclosure` on the post's element. */
  disclosure: AiDisclosure;
  /** The value of the header `AI-Disclosure`, for an answer that carries this post alone. */
  header: string;
  /** The digital source type, as IPTC and as schema.org address it. */
  digitalSourceType: [iptc: string, schema: string];
};

/** The types of actor a post can come from. */
export type ActorType = "Person" | "Application" | "Service";

const IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/";

const GENERATED: Terms["digitalSourceType"] = [`${IPTC}trainedAlgorithmicMedia`, "https://schema.org/TrainedAlgorithmicMediaDigitalSource"];

const TERMS: Record<AiDisclosure, Terms> = {
  "ai-assisted": {
    disclosure: "ai-assisted",
    header: "mode=ai-modified",
    digitalSourceType: [
      `${IPTC}compositeWithTrainedAlgorithmicMedia`,
      "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource",
    ],
  },
  "ai-generated": { disclosure: "ai-generated", header: "mode=ai-originated", digitalSourceType: GENERATED },
  autonomous: { disclosure: "autonomous", header: "mode=machine-generated", digitalSourceType: GENERATED },
};

const isPublic = ({ basis }: Origin) => basis === "verified" || basis === "declared";

/**
 * What may be shown of an origin to anybody: all of one that is verified or declared; of any other, nothing that led to it.
 */
export function publicOrigin(origin: Origin): Origin {
  if (isPublic(origin)) return origin;
  return { label: origin.basis === "suspected" ? "unknown" : origin.label, basis: "none", evidence: [] };
}

/**
 * What to say of a post.
 *
 * @param judged the verdict, or what of it was kept
 * @param reviewed whether a human let exactly this content through
 * @returns null when nothing may be said, which is not the same as saying that a human wrote it
 * @example
 * const terms = termsOf(outcome.verdict);
 * if (terms) response.headers.set("AI-Disclosure", terms.header);
 */
export function termsOf({ origin, request }: Pick<Verdict, "origin" | "request">, reviewed = false): Terms | null {
  if (!isPublic(origin)) return null;
  if (origin.label === "assisted") return TERMS["ai-assisted"];
  if (origin.label !== "agent") return null;
  const prompted = request.status === "requested" && request.via !== "opt-in";
  return TERMS[prompted || reviewed ? "ai-generated" : "autonomous"];
}

/** The ActivityStreams type of who wrote a post: bots are told from people by it. */
export function actorType(origin: Origin): ActorType {
  if (!isPublic(origin)) return "Person";
  if (origin.label === "agent") return "Application";
  return origin.label === "service" ? "Service" : "Person";
}
