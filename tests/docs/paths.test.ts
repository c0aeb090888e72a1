/**
 * Documents name files of this repository; a file that moves must not leave them pointing at nothing.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const ROOT = new URL("../../", import.meta.url).pathname;
const documents = [
  ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** Folders of this repository: what begins with one of them, in backticks, is a path. */
const FOLDERS = /^(?:src|node|www|tests|rules|docs|tools|benches|fuzz|adapters)\/[\w./-]+$/u;

function named(document: string, text: string): string[] {
  const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/gu)].map(([, target = ""]) => join(dirname(document), target));
  const paths = [...text.matchAll(/`([^`\n]+)`/gu)].map(([, path = ""]) => path).filter((path) => FOLDERS.test(path));
  return [...links, ...paths];
}

it.each(documents)("%s names files that are there", (document) => {
  const text = readFileSync(join(ROOT, document), "utf8");
  expect(named(document, text).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
