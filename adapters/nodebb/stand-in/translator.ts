/**
 * A stand-in for `src/translator.js`: one language, placeholders, and arguments that cannot break out.
 */
import { readFileSync } from "node:fs";
import type { Core } from "../lib/types.js";

const MARKUP: Record<string, string> = { "%": "&#37;", ",": "&#44;", "[": "&lsqb;", "]": "&rsqb;" };

/** Reads one language file of the plugin's namespace. */
export function createTranslator(file: URL): Core["translator"] {
  const texts: Record<string, string> = JSON.parse(readFileSync(file, "utf8"));
  return {
    compile: (key, ...values) =>
      `[[${[key, ...values.map((value) => value.replaceAll(/[%,[\]]/g, (sign) => MARKUP[sign] ?? ""))].join(", ")}]]`,
    async translate(text) {
      return text.replaceAll(/\[\[countersign:([a-z.-]+)((?:, [^\]]*)*)\]\]/g, (_all, key: string, list: string) => {
        const values = list.split(", ").slice(1);
        const found = texts[key] ?? key;
        return found.replaceAll(/%(\d)/g, (_place, number: string) => values[Number(number) - 1] ?? "");
      });
    },
  };
}
