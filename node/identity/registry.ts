/**
 * Which registered agent a signature speaks for. Everything starts here: an origin the policy does not name is never asked.
 */
import type { Agent } from "countersign";
import { ProblemError } from "../api/problems.js";
import type { Claim } from "./claim.js";

/**
 * The agent whose origin and key these are: the one that registered the key, or else the only one there that accepts any.
 *
 * @throws ProblemError `signature-refused` when there is none, or more than one
 */
export function agentOf(agents: readonly Agent[], { origin, keyid }: Pick<Claim, "origin" | "keyid">): Agent {
  const there = agents.filter(({ signatureAgent }) => signatureAgent !== undefined && new URL(signatureAgent).origin === origin);
  if (there.length === 0)
    throw new ProblemError("signature-refused", `no agent is registered with \`${origin}\`: ask the forum's admin to register it`);
  const pinned = there.filter(({ keys }) => keys?.includes(keyid));
  const found = pinned.length > 0 ? pinned : there.filter(({ keys }) => (keys ?? []).length === 0);
  if (found.length === 1 && found[0]) return found[0];
  throw new ProblemError(
    "signature-refused",
    found.length === 0
      ? `the key \`${keyid}\` is not registered for \`${origin}\`: sign with a registered one`
      : `several agents are registered with \`${origin}\`: the forum's admin has to register the keys of each`,
  );
}
