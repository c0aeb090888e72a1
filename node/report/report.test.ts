import fc from "fast-check";
import type { Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import type { IncidentReport, Moderator } from "../api/schema.js";
import { agentPost, BAD, people, testGate } from "../testing/gate.js";
import { api } from "../testing/http.js";
import { fenced, plain } from "./escape.js";
import { lasted } from "./markdown.js";

const parse = (text: string): Root => fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

function nodes(node: Nodes): Nodes[] {
  return [node, ...("children" in node ? node.children.flatMap(nodes) : [])];
}

const types = (text: string) => new Set(nodes(parse(text)).map(({ type }) => type));
const words = (text: string) =>
  nodes(parse(text))
    .map((node) => (node.type === "text" ? node.value : ""))
    .join("");

const HOSTILE = [
  "<script>alert(1)</script>",
  "[click](javascript:alert(1)) ![x](http://evil.example/p.png)",
  "https://evil.example www.evil.example a@evil.example @everyone #1",
  "a | b || c \\| d",
  "# head\n\n- item\n> quote\n```\ncode\n```",
  "&lt;b&gt; &#60; ~~no~~ **bold** _it_ `code` $x$ :smile:",
  "[^1]: note\n[x]: http://evil.example",
  "\u202Eevil\u200B\u0000\u2028next",
];

describe("somebody else's words in Markdown", () => {
  it.each(HOSTILE)("are text: %j", (text) => {
    for (const place of [`- **Name**: ${plain(text)}`, `# ${plain(text)}`, `| a |\n| --- |\n| ${plain(text)} |`])
      for (const type of types(place))
        expect(["root", "list", "listItem", "paragraph", "strong", "heading", "table", "tableRow", "tableCell", "text"]).toContain(type);
  });

  it("are exactly themselves, whatever they are", () => {
    const visible = fc.string({ unit: "binary" }).map((text) => text.replaceAll(/[\p{C}\p{Z}@]+/gu, " ").trim());
    fc.assert(
      fc.property(fc.oneof(visible, fc.constantFrom("a\\", "\\\\|", "1. x", "+ x", "= =", "---")), (text) => {
        expect(words(`x: ${plain(text)}`)).toBe(text === "" ? "x:" : `x: ${text}`);
        expect([...types(`x: ${plain(text)}`)].sort()).toEqual(["paragraph", "root", "text"]);
      }),
    );
  });

  it("in a block never leave it", () => {
    const ticks = fc
      .array(fc.constantFrom("`", "```", "````````", "\n", "~~~", "a", "\r"), { maxLength: 30 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(ticks, (text) => {
        const [block, ...rest] = parse(fenced(text)).children;
        expect([block?.type, rest]).toEqual(["code", []]);
        expect(block?.type === "code" && block.value).toBe(text.replaceAll(/\r\n?/g, "\n"));
      }),
    );
  });

  it("show what cannot be seen, and what would become a link", () => {
    expect(words(plain("see https://evil.example or WWW.evil.example, @dana"))).toBe(
      "see https[:]//evil.example or WWW[.]evil.example, [@]dana",
    );
    expect(plain("a\u202Eb\u200Bc\nd")).toBe("a\\[U\\+202E\\]b\\[U\\+200B\\]c d");
    expect(fenced("a\u0000b")).toContain("a[U+0000]b");
  });
});

async function incident() {
  let clock = Date.parse("2026-11-22T10:00:00.000Z");
  const test = await testGate({ now: () => new Date(clock) });
  const post = agentPost(`${BAD} \`\`\`\`\n# gone\n${HOSTILE.join("\n")}`, true);
  post.post.at = "2026-11-22T09:58:00.000Z";
  post.post.author.handle = "<b>|helper|</b>";
  post.thread.title = HOSTILE[1] ?? "";
  post.thread.posts = [
    { id: "p1", author: "dana", handle: "dana", kind: "human", at: "2026-11-22T09:50:00.000Z", body: "@<b>|helper|</b>, help" },
  ];
  const { postId, contentHash } = await test.gate.submit(post);
  clock += 60_000;
  await test.gate.exposure.record({ postId, reader: "ann", acknowledged: true });
  clock += 60_000;
  const mira = people.mira as Moderator;
  await test.gate.review.decide("claim", postId, mira, { contentHash, version: 1 });
  clock += 60_000;
  await test.gate.review.decide("reject", postId, mira, { contentHash, version: 2, comment: HOSTILE[4] ?? "" });
  return { test, postId };
}

describe("an incident report", () => {
  it("tells what happened, in time, by whom", async () => {
    const { test, postId } = await incident();
    const { json, headers } = await api<IncidentReport>(test, "audra", "GET", `posts/${postId}/report?format=json`);
    expect(headers.get("content-disposition")).toBe(`attachment; filename="incident-${postId}.json"`);
    expect(json.timeline.map(({ at, who, what }) => `${at.slice(11, 16)} ${who} ${what}`)).toEqual([
      "09:50 dana asked",
      "09:58 helper written",
      "10:00 helper submitted",
      "10:00 countersign held",
      "10:01 readers first-seen",
      "10:01 readers first-acknowledged",
      "10:02 mira claimed",
      "10:03 mira rejected",
    ]);
    expect(json.summary).toMatchObject({
      state: "rejected",
      exposure: { seen: 1, acknowledged: 1 },
      durations: { timeToHold: 120_000, timeToDecision: 180_000 },
      findings: [{ rule: "shell/chmod-world", excerpt: "chmod -R 777" }],
    });
  });

  it("as Markdown is what the report says and nothing its post would have it say", async () => {
    const { test, postId } = await incident();
    const { text, headers } = await api(test, "mira", "GET", `posts/${postId}/report?format=markdown`);
    expect(headers.get("content-type")).toBe("text/markdown; charset=utf-8");
    const allowed = ["root", "heading", "paragraph", "text", "list", "listItem", "strong", "table", "tableRow", "tableCell", "code"];
    for (const type of types(text)) expect(allowed).toContain(type);
    const headings = nodes(parse(text)).filter(({ type }) => type === "heading");
    expect(headings).toHaveLength(4);
    expect(words(text)).toContain("<b>|helper|</b>");
    expect(words(text)).toContain("2 min");
    const rows = nodes(parse(text)).filter((node) => node.type === "tableRow");
    expect(new Set(rows.map((row) => row.type === "tableRow" && row.children.length))).toEqual(new Set([4]));
  });

  it("leaves the post's text out of the log, and its findings out once it is erased", async () => {
    const { test, postId } = await incident();
    expect(JSON.stringify(await test.gate.audit.list())).not.toContain("evil.example");
    const told = await api<IncidentReport>(test, "mira", "GET", `posts/${postId}/report`);
    expect(JSON.stringify(told.json.timeline)).not.toContain("evil.example");
    expect((await api(test, "mira", "GET", "posts/nope/report")).status).toBe(404);
  });

  it.each([
    [0, "0 ms"],
    [1_500, "1 s 500 ms"],
    [7_440_000, "2 h 4 min"],
  ])("says %i ms as %s", (ms, text) => {
    expect(lasted(ms)).toBe(text);
  });
});
