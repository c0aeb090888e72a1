/**
 * What a signed request claims, read from its three fields before anything is believed: which signature is meant for us, which
 * origin is to vouch for its key, and what it covers.
 *
 * Web Bot Auth: https://datatracker.ietf.org/doc/draft-meunier-webbotauth-httpsig-protocol/ (and, before June 2026,
 * draft-meunier-web-bot-auth-architecture), a profile of RFC 9421.
 */
import { type InnerList, type Item, isInnerList, parseDictionary, parseItem, Token } from "structured-headers";
import { ProblemError } from "../api/problems.js";

/** The `tag` of signatures made for this purpose. */
export const TAG = "web-bot-auth";

/** What a request says of its signature. */
export type Claim = {
  /** The signature's name in `Signature` and `Signature-Input`. */
  label: string;
  /** The JWK thumbprint of the key, as claimed. */
  keyid: string;
  nonce: string;
  /** Seconds since 1970. */
  created: number;
  /** Seconds since 1970. */
  expires: number;
  /** The origin whose directory has the key, as claimed. */
  origin: string;
  /** The member of `Signature-Agent` the signature has to cover; undefined for the older form, a single string. */
  member: string | undefined;
  /** The names of every covered field and component. */
  covered: string[];
};

function malformed(detail: string): ProblemError {
  return new ProblemError("signature-malformed", detail);
}

function read<Shape>(parse: (text: string) => Shape, text: string, field: string): Shape {
  try {
    return parse(text);
  } catch {
    throw malformed(`\`${field}\` is no structured field (RFC 9651): write it as RFC 9421 shows`);
  }
}

function text(parameters: Item[1], name: string): string {
  const value = parameters.get(name);
  if (typeof value === "string" && value !== "") return value;
  throw malformed(`the signature has no \`${name}\`: give it one`);
}

function moment(parameters: Item[1], name: string): number {
  const value = parameters.get(name);
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw malformed(`the signature has no \`${name}\`: give it one, in seconds since 1970`);
}

/** The one signature that is meant for us; undefined when there is none. */
function ours(input: string): [string, InnerList] | undefined {
  const members = [...read(parseDictionary, input, "Signature-Input")];
  const tagged = members.filter((member): member is [string, InnerList] => isInnerList(member[1]) && member[1][1].get("tag") === TAG);
  if (tagged.length > 1) throw malformed(`there are ${tagged.length} signatures with the tag \`${TAG}\`: send the agent's own alone`);
  return tagged[0];
}

/** The key of the one member the signature covers; undefined when it covers the field as a whole. */
function coveredMember([components]: InnerList): string | undefined {
  const found = components.filter(([name]) => name === "signature-agent");
  if (found.length !== 1)
    throw new ProblemError("signature-refused", "the signature does not cover one member of `Signature-Agent`: cover its own");
  const key = found[0]?.[1].get("key");
  if (key !== undefined && typeof key !== "string") throw malformed("the `key` of `signature-agent` is no string");
  return key;
}

function memberOf(header: string, member: string | undefined): Item {
  if (member === undefined) return read(parseItem, header, "Signature-Agent");
  const found = read(parseDictionary, header, "Signature-Agent").get(member);
  if (found === undefined || isInnerList(found))
    throw malformed(`\`Signature-Agent\` has no member \`${member}\`: the signature covers it`);
  return found;
}

function originOf([value, parameters]: Item): string {
  const type = parameters.get("type");
  if (type !== undefined && !(type instanceof Token && type.toString() === "directory"))
    throw malformed("only the `directory` type of `Signature-Agent` is supported: leave `type` out");
  const url = typeof value === "string" && URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || ![url.origin, `${url.origin}/`].includes(String(value)))
    throw malformed("`Signature-Agent` names no origin: write it like `https://agent.example`");
  return url.origin;
}

/**
 * Reads a request's claim.
 *
 * @returns null when the request carries no signature of this kind
 * @throws ProblemError `signature-malformed` or `signature-refused` when it carries one that cannot count
 */
export function claimOf(headers: Headers): Claim | null {
  const [input, agent] = [headers.get("signature-input"), headers.get("signature-agent")];
  const found = input === null ? undefined : ours(input);
  if (found === undefined) {
    if (agent === null) return null;
    throw malformed(`\`Signature-Agent\` came without a signature that has the tag \`${TAG}\`: sign the request`);
  }
  if (agent === null) throw malformed("`Signature-Agent` is missing: name the origin that publishes the key");
  const [label, list] = found;
  const member = coveredMember(list);
  const parameters = list[1];
  return {
    label,
    keyid: text(parameters, "keyid"),
    nonce: text(parameters, "nonce"),
    created: moment(parameters, "created"),
    expires: moment(parameters, "expires"),
    origin: originOf(memberOf(agent, member)),
    member,
    covered: list[0].map(([name]) => String(name)),
  };
}
