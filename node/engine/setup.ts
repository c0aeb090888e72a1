/**
 * What an engine is set up with, from where people keep it: a policy file and a folder of the organisation's own rules.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RuleFile, Setup } from "countersign";

/** Where a setup is read from. */
export type SetupSource = {
  /** The forum's policy, TOML text. */
  policy?: string | undefined;
  /** The forum's policy, a file. */
  policyFile?: string | undefined;
  /** A folder of rule files (`*.toml`) in the format of the shipped `rules/`. */
  rulesFolder?: string | undefined;
};

function read(file: string, what: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new Error(`cannot read the ${what} \`${file}\`: check the path and that this user may read it`, { cause });
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (cause) {
    throw new Error(`cannot read the rules folder \`${folder}\`: check the path and that this user may read it`, { cause });
  }
}

function rulesIn(folder: string): RuleFile[] {
  const names = list(folder).filter((name) => name.endsWith(".toml"));
  return names.map((name) => ({ name, toml: read(join(folder, name), "rule file") }));
}

/**
 * Reads a setup.
 *
 * @throws Error that names the file or folder that cannot be read
 * @example
 * const engine = await loadEngine(readSetup({ policyFile: "countersign.toml", rulesFolder: "our-rules" }));
 */
export function readSetup({ policy, policyFile, rulesFolder }: SetupSource): Setup {
  const text = policyFile === undefined ? policy : read(policyFile, "policy");
  return {
    ...(text === undefined ? {} : { policy: text }),
    ...(rulesFolder === undefined ? {} : { rules: rulesIn(rulesFolder) }),
  };
}
