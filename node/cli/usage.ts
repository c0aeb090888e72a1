/**
 * What a user did and can mend, and how the CLI reads what they name.
 */
import { readFileSync } from "node:fs";

/** An error a user caused and can mend. */
export class UsageError extends Error {}

/** The text of a file, or of standard input for `-`. */
export function read(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch {
    throw new UsageError(`cannot read \`${file}\`: check the path and that you may read it`);
  }
}
