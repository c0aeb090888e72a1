// `node tools/benign.mjs`: draws the drawn part of the benign corpus, and its notice, from the documentation of the packages in
// `tests/benign/sources.json`, all under MIT or Apache-2.0, at the versions of the lock files. The same packages give the same rows.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fail, root } from "./steps/step.mjs";

const FOLDER = "tests/benign";
const LICENCES = new Set(["MIT", "Apache-2.0", "MIT OR Apache-2.0", "Apache-2.0 OR MIT", "MIT/Apache-2.0", "Unlicense OR MIT"]);
const FENCE = /^ {0,3}(```|~~~)/;

const read = (...parts) => readFileSync(join(...parts), "utf8");
const jsonLines = (path) => read(root, FOLDER, path).split("\n").filter(Boolean).map(JSON.parse);
const files = (folder, ending) =>
  readdirSync(folder, { recursive: true })
    .filter((path) => ending.test(path) && !path.includes("node_modules"))
    .sort()
    .map((path) => read(folder, path));

function crate(name) {
  const registry = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "registry/src");
  const version = read(root, "Cargo.lock").match(new RegExp(`name = "${name}"\nversion = "([^"]+)"`))?.[1];
  const index = readdirSync(registry).find((folder) => readdirSync(join(registry, folder)).includes(`${name}-${version}`));
  if (!index) throw new Error(`the crate \`${name}\` ${version} is not here: run \`cargo fetch\` first`);
  const folder = join(registry, index, `${name}-${version}`);
  const licence = read(folder, "Cargo.toml").match(/^license = "(.*)"$/m)?.[1];
  return { kind: "crate", name, version, licence, folder, texts: () => files(join(folder, "src"), /\.rs$/).flatMap(rustDocs) };
}

/** An npm package, or the declaration file of one: `name` or `name/path`. */
function npm(entry) {
  const [name] = entry.match(/^(@[^/]+\/)?[^/]+/);
  const only = entry.slice(name.length + 1);
  const folder = join(root, "node_modules", name);
  const { version, license } = JSON.parse(read(folder, "package.json"));
  const texts = () =>
    only ? jsDocs(read(folder, only)) : [...files(folder, /\.d\.ts$/).flatMap(jsDocs), ...files(folder, /^README\.md$/i)];
  return { kind: "npm", name, version, licence: license, folder, texts };
}

/** The documentation comments of a Rust file. */
const rustDocs = (source) =>
  [...source.matchAll(/(?:^[ \t]*\/\/[/!](?!\/).*\n)+/gm)].map(([text]) => text.replaceAll(/^[ \t]*\/\/[/!] ?/gm, ""));

/** The documentation comments of a declaration file, up to their tags. */
const jsDocs = (source) =>
  [...source.matchAll(/\/\*\*([\s\S]*?)\*\//g)].map(([, text]) =>
    text
      .replaceAll(/^[ \t]*\* ?/gm, "")
      .split(/^@/m)[0]
      .trim(),
  );

/** The paragraphs of a text, each with the code that follows it. */
function paragraphs(text) {
  const found = [];
  let inside = false;
  let open = false;
  for (const line of text.split(/\r?\n/)) {
    const fence = FENCE.test(line);
    const starts = line.trim() && !inside && !open && !fence;
    if (starts || found.length === 0) found.push([]);
    found.at(-1).push(line);
    if (fence) inside = !inside;
    open = inside || fence || Boolean(line.trim());
    if (fence && !inside) open = false;
  }
  return found.map((lines) => lines.join("\n").trim());
}

const hash = (text) => createHash("sha256").update(text).digest("hex");
const opening = (text) =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, " ")
    .slice(0, 50);
const reads = (text) =>
  /[a-z]{3,} [a-z]{2,} [a-z]/i.test(text) && !/^(#|\||<|\[[^\]]*\]:|!\[|\[!\[)/.test(text) && !/copyright/i.test(text);

/** Every paragraph of `source` that reads as text, as a row. */
function rows(source, { letters, accessVocabulary }) {
  const access = new RegExp(`\\b(${accessVocabulary.join("|")})\\b`, "i");
  const fits = (text) => text.length >= letters.least && text.length <= letters.most && reads(text);
  return source
    .texts()
    .flatMap(paragraphs)
    .filter(fits)
    .map((text) => ({
      id: `drawn-${hash(text).slice(0, 10)}`,
      source: `${source.kind}:${source.name}@${source.version} (${source.licence})`,
      topic: access.test(text) ? "on" : "off",
      text,
    }));
}

/** As many rows of each topic as asked for, in an order that only their text decides, no two that begin alike. */
function draw(all, { rows: wanted, mostOfOnePackage }) {
  const seen = new Set();
  const taken = new Map();
  const left = { ...wanted };
  const kept = [];
  for (const row of all.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const of = `${row.topic} ${row.source}`;
    const used = taken.get(of) ?? 0;
    if (left[row.topic] === 0 || used >= mostOfOnePackage[row.topic] || seen.has(opening(row.text))) continue;
    seen.add(opening(row.text));
    taken.set(of, used + 1);
    left[row.topic] -= 1;
    kept.push(row);
  }
  if (left.on + left.off > 0) throw new Error(`${left.on} rows on topic and ${left.off} off it are missing: name more packages`);
  return kept;
}

/** The lines of a package's licence files that say whose it is. */
function holders({ folder }) {
  const licences = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|copyright|notice)/i.test(name));
  const lines = licences.filter((name) => statSync(join(folder, name)).isFile()).flatMap((name) => read(folder, name).split("\n"));
  const named = lines.map((line) => line.trim()).filter((line) => /^copyright (\(c\)|©|\d{4}|[A-Z])/i.test(line));
  return [...new Set(named.filter((line) => !/\{|^copyright (notice|license|owner|holder|assignment)/i.test(line)))];
}

function notice(sources) {
  const permission = read(root, "LICENSE-MIT").split("\n\n").slice(2).join("\n\n").trim();
  const notices = sources.filter(({ folder }) => existsSync(join(folder, "NOTICE")));
  const own = notices.map(({ name, folder }) => `## The notice of ${name}\n\n${read(folder, "NOTICE").trim()}\n\n`).join("");
  const list = sources.map((source) => {
    const named = holders(source);
    return `- ${source.kind}:${source.name} ${source.version}, ${source.licence}. ${named.length ? named.join("; ") : `Copyright the authors of ${source.name}`}`;
  });
  return `<!-- Written by tools/benign.mjs. -->\n\n# Notice\n\nThe rows of \`drawn.jsonl\` are excerpts of the documentation of these packages, each row under the licence it names; \
where a package offers a choice, under MIT; the text of Apache-2.0 is in \`LICENSE-APACHE\`. The rows of \`written.jsonl\` are this project's own.\n\n${list.join("\n")}\n\n${own}## The MIT licence\n\n${permission}\n`;
}

function main() {
  const wanted = JSON.parse(read(root, FOLDER, "sources.json"));
  const sources = [...wanted.crates.map(crate), ...wanted.npm.map(npm)];
  const foreign = sources.filter(({ licence }) => !LICENCES.has(licence));
  if (foreign.length > 0)
    throw new Error(`not under MIT or Apache-2.0: ${foreign.map(({ name, licence }) => `${name} (${licence})`).join(", ")}`);
  const dropped = new Set(jsonLines("dropped.jsonl").map(({ id }) => id));
  const all = sources.flatMap((source) => rows(source, wanted)).filter(({ id }) => !dropped.has(id));
  const kept = draw(all, wanted);
  writeFileSync(join(root, FOLDER, "drawn.jsonl"), `${kept.map((row) => JSON.stringify(row)).join("\n")}\n`);
  const used = sources.filter(({ kind, name, version }) => kept.some(({ source }) => source.startsWith(`${kind}:${name}@${version} `)));
  writeFileSync(join(root, FOLDER, "NOTICE.md"), notice(used));
  console.log(`${kept.length} of ${all.length} paragraphs of ${used.length} packages`);
}

try {
  main();
} catch (error) {
  fail(error);
}
