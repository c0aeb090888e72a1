/**
 * Exceptions as part of the policy: `[[allow]]` tables after the forum's own text, so that its lines keep their numbers. What
 * moderators wrote goes through a TOML writer; it is never pasted.
 */
import { parse, stringify } from "smol-toml";
import type { AllowanceTable } from "../store/tables.js";

/** What of an exception the policy holds. */
export type Excepted = Pick<AllowanceTable, "rule" | "fingerprint" | "scope" | "reason" | "expires">;

/** An exception as an entry of the policy's `allow`: by its fingerprint where it has one. */
function entry({ rule, fingerprint, scope, reason, expires }: Excepted) {
  const named = fingerprint === null ? { rule: rule ?? "" } : { fingerprint };
  return { ...named, ...(JSON.parse(scope) as Record<string, string>), reason, expires };
}

function read(text: string) {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A policy with exceptions.
 *
 * @param policy TOML text; the default policy when undefined
 * @returns the text with the exceptions at its end. A text that is no TOML comes back as it is, for the engine to name its faults
 * @example
 * withExceptions("strictness = 2", [{ rule: "shell/chmod", fingerprint: null, scope: '{"category":"*"}', reason, expires }]);
 */
export function withExceptions(policy: string | undefined, exceptions: readonly Excepted[]): string | undefined {
  if (exceptions.length === 0) return policy;
  const allow = exceptions.map(entry);
  const text = policy ?? "";
  const appended = `${text}\n\n${stringify({ allow })}`;
  const own = read(text);
  if (own === undefined) return policy;
  if (read(appended) !== undefined) return appended;
  // `allow = [...]` in one line is closed for additions: the whole text is written anew.
  return stringify({ ...own, allow: [...(Array.isArray(own.allow) ? own.allow : []), ...allow] });
}
