// Turns a finding's references into links a moderator can follow safely.

/** What to show and, when it is safe to follow, where it leads. */
export type Reference = { label: string; href: string | null };

/** Where identifiers of the two public catalogues live: https://attack.mitre.org and https://cwe.mitre.org. */
const CATALOGUES: readonly [RegExp, (id: string) => string][] = [
  [/^(?:ATT&CK )?(T\d{4}(?:\.\d{3})?)$/, (id) => `https://attack.mitre.org/techniques/${id.replace(".", "/")}/`],
  [/^CWE-(\d+)$/, (id) => `https://cwe.mitre.org/data/definitions/${id}.html`],
];

/**
 * A reference as a link: `http` and `https` addresses and known identifiers only; anything else stays text.
 *
 * @example
 * reference("CWE-732"); // { label: "CWE-732", href: "https://cwe.mitre.org/data/definitions/732.html" }
 */
export function reference(text: string): Reference {
  for (const [pattern, address] of CATALOGUES) {
    const id = pattern.exec(text)?.[1];
    if (id) return { label: text, href: address(id) };
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  const safe = url !== null && (url.protocol === "https:" || url.protocol === "http:");
  return { label: safe ? `${url.hostname}${url.pathname === "/" ? "" : url.pathname}` : text, href: safe ? url.href : null };
}
