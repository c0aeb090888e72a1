/**
 * What is said in public, held against the lists others published (the sources are named in `terms.ts`).
 */
import type { Origin, Request } from "countersign";
import fc from "fast-check";
import { parseDictionary, Token } from "structured-headers";
import { describe, expect, it } from "vitest";
import { discussion, jsonLdScript, type PostLd } from "./json-ld.js";
import { actorType, publicOrigin, termsOf } from "./terms.js";

const PUBLISHED = {
  /** W3C Community Group; the last is spelt `ai-autonomous` since May 2026. */
  disclosure: ["none", "ai-assisted", "ai-generated", "autonomous"],
  /** draft-abaris-aicdh-01, section "Semantics". */
  mode: ["none", "ai-modified", "ai-originated", "machine-generated"],
  /** IPTC NewsCodes, digitalsourcetype, 2024-10-23: the concepts, without their scheme. */
  iptc: "digitalCapture computationalCapture negativeFilm positiveFilm print minorHumanEdits humanEdits algorithmicallyEnhanced softwareImage digitalArt digitalCreation dataDrivenMedia trainedAlgorithmicMedia algorithmicMedia screenCapture virtualRecording composite compositeCapture compositeSynthetic compositeWithTrainedAlgorithmicMedia".split(
    " ",
  ),
  /** Activity Vocabulary, W3C Recommendation of 2017-05-23, section 3.2. */
  actor: ["Application", "Group", "Organization", "Person", "Service"],
};

const LABELS = ["agent", "assisted", "service", "human", "unknown"] as const;
const BASES = ["verified", "declared", "suspected", "none"] as const;
const evidence = [{ signal: "style/tells", detail: "it reads like an assistant" }];
const origin = (label: Origin["label"], basis: Origin["basis"]): Origin => ({ label, basis, agent: "helper", evidence });
const asked: Request = { status: "requested", via: "mention", why: "asked by dana" };
const unasked: Request = { status: "unrequested", why: "nobody asked" };
const welcome: Request = { status: "requested", via: "opt-in", why: "the category welcomes agents" };
const all = LABELS.flatMap((label) => BASES.map((basis) => origin(label, basis)));

describe("what is said of a post", () => {
  it("is what the table says", () => {
    const said = all.map((from) => {
      const values = [termsOf({ origin: from, request: asked }), termsOf({ origin: from, request: unasked })];
      return `${from.label} ${from.basis}: ${values.map((terms) => terms?.disclosure ?? "-").join(", ")}; ${actorType(from)}`;
    });
    expect(said).toMatchInlineSnapshot(`
      [
        "agent verified: ai-generated, autonomous; Application",
        "agent declared: ai-generated, autonomous; Application",
        "agent suspected: -, -; Person",
        "agent none: -, -; Person",
        "assisted verified: ai-assisted, ai-assisted; Person",
        "assisted declared: ai-assisted, ai-assisted; Person",
        "assisted suspected: -, -; Person",
        "assisted none: -, -; Person",
        "service verified: -, -; Service",
        "service declared: -, -; Service",
        "service suspected: -, -; Person",
        "service none: -, -; Person",
        "human verified: -, -; Person",
        "human declared: -, -; Person",
        "human suspected: -, -; Person",
        "human none: -, -; Person",
        "unknown verified: -, -; Person",
        "unknown declared: -, -; Person",
        "unknown suspected: -, -; Person",
        "unknown none: -, -; Person",
      ]
    `);
  });

  it("is autonomous where no human asked for this very post or let it through", () => {
    const agent = origin("agent", "verified");
    expect(termsOf({ origin: agent, request: welcome })?.disclosure).toBe("autonomous");
    expect(termsOf({ origin: agent, request: unasked }, true)?.disclosure).toBe("ai-generated");
  });

  it("uses the published terms, each with the words that go with it", () => {
    const used = [
      termsOf({ origin: origin("assisted", "declared"), request: asked }),
      termsOf({ origin: origin("agent", "verified"), request: asked }),
      termsOf({ origin: origin("agent", "verified"), request: unasked }),
    ];
    expect(used).toMatchInlineSnapshot(`
      [
        {
          "digitalSourceType": [
            "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia",
            "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource",
          ],
          "disclosure": "ai-assisted",
          "header": "mode=ai-modified",
        },
        {
          "digitalSourceType": [
            "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
            "https://schema.org/TrainedAlgorithmicMediaDigitalSource",
          ],
          "disclosure": "ai-generated",
          "header": "mode=ai-originated",
        },
        {
          "digitalSourceType": [
            "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
            "https://schema.org/TrainedAlgorithmicMediaDigitalSource",
          ],
          "disclosure": "autonomous",
          "header": "mode=machine-generated",
        },
      ]
    `);
    for (const terms of used) {
      const mode = parseDictionary(terms?.header ?? "").get("mode")?.[0];
      expect(mode).toBeInstanceOf(Token);
      expect(PUBLISHED.mode).toContain(String(mode));
      expect(PUBLISHED.disclosure).toContain(terms?.disclosure);
      const [iptc = "", schema = ""] = terms?.digitalSourceType ?? [];
      const concept = iptc.replace("http://cv.iptc.org/newscodes/digitalsourcetype/", "");
      expect(PUBLISHED.iptc).toContain(concept);
      expect(schema).toBe(`https://schema.org/${concept.charAt(0).toUpperCase()}${concept.slice(1)}DigitalSource`);
    }
    for (const from of all) expect(PUBLISHED.actor).toContain(actorType(from));
  });
});

describe("a suspicion", () => {
  it.each(LABELS)("that it is %s looks like knowing nothing", (label) => {
    const suspected = origin(label, "suspected");
    expect(termsOf({ origin: suspected, request: asked }, true)).toBeNull();
    expect(actorType(suspected)).toBe("Person");
    expect(publicOrigin(suspected)).toEqual({ label: "unknown", basis: "none", evidence: [] });
  });

  it("leaves what is known alone, and shows nothing that led nowhere", () => {
    expect(publicOrigin(origin("agent", "declared"))).toEqual(origin("agent", "declared"));
    expect(publicOrigin(origin("human", "none"))).toEqual({ label: "human", basis: "none", evidence: [] });
  });
});

const post = (number: number, terms: PostLd["terms"] = null): PostLd => ({
  url: `https://forum.example/t/1#post-${number}`,
  at: "2026-05-05T09:00:00Z",
  author: terms ? "helper" : "Dana",
  actor: terms ? "Application" : "Person",
  terms,
});

describe("JSON-LD", () => {
  it("says of each post who wrote it", () => {
    const terms = termsOf({ origin: origin("agent", "verified"), request: asked });
    expect(discussion("The export fails", post(1), [post(2, terms)])).toMatchInlineSnapshot(`
      {
        "@context": "https://schema.org",
        "@id": "https://forum.example/t/1#post-1",
        "@type": "DiscussionForumPosting",
        "author": {
          "@type": "Person",
          "name": "Dana",
        },
        "comment": [
          {
            "@id": "https://forum.example/t/1#post-2",
            "@type": "Comment",
            "author": {
              "@type": "SoftwareApplication",
              "name": "helper",
            },
            "datePublished": "2026-05-05T09:00:00Z",
            "digitalSourceType": [
              "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
              "https://schema.org/TrainedAlgorithmicMediaDigitalSource",
            ],
            "url": "https://forum.example/t/1#post-2",
          },
        ],
        "datePublished": "2026-05-05T09:00:00Z",
        "headline": "The export fails",
        "url": "https://forum.example/t/1#post-1",
      }
    `);
  });

  it("cannot be ended by anything in it, and says the same when read", () => {
    const marks = fc.constantFrom("</script>", "<!--", "<script", "]]>", "&lt;", "\u2028", "\\", '"');
    const text = fc.array(fc.oneof(marks, fc.string({ unit: "binary" }))).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, (title, author) => {
        const value = discussion(title, { ...post(1), author }, []);
        const script = jsonLdScript(value);
        const inside = script.slice('<script type="application/ld+json">'.length, -"</script>".length);
        expect(inside).not.toMatch(/[<>&\u2028\u2029]/u);
        expect(JSON.parse(inside)).toEqual(value);
      }),
    );
  });
});
