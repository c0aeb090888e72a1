/**
 * The events against what the published schema demands of a Detection Finding, kept as data in `ocsf.schema.json`.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { agentPost, BAD, testGate } from "../testing/gate.js";
import { detectionFinding, OCSF_VERSION } from "./ocsf.js";

type Type = string | number[] | [string];
type Shape = { required: Record<string, Type>; optional: Record<string, Type>; atLeastOne?: string[] };

const SCHEMA: Record<string, Shape> = JSON.parse(readFileSync(new URL("./ocsf.schema.json", import.meta.url), "utf8"));

const SCALARS: Record<string, (value: unknown) => boolean> = {
  string_t: (value) => typeof value === "string" && value !== "",
  integer_t: Number.isInteger,
  boolean_t: (value) => typeof value === "boolean",
  /** Milliseconds since 1970: nothing before 2000 or after 2100 is meant. */
  timestamp_t: (value) => Number.isInteger(value) && Number(value) > 946_684_800_000 && Number(value) < 4_102_444_800_000,
};

function faultsOf(value: unknown, type: Type, path: string): string[] {
  if (typeof type === "string") {
    const scalar = SCALARS[type];
    if (scalar === undefined) return faults(value as Record<string, unknown>, type, path);
    return scalar(value) ? [] : [`${path} is no ${type}`];
  }
  if (typeof type[0] === "string")
    return (value as unknown[]).flatMap((entry, index) => faultsOf(entry, type[0] as string, `${path}[${index}]`));
  return (type as unknown[]).includes(value) ? [] : [`${path} may not be ${value}`];
}

/** What is wrong with an object by the schema: missing, unknown, or of another type. */
function faults(value: Record<string, unknown>, shape: string, path = shape): string[] {
  const { required, optional, atLeastOne } = SCHEMA[shape] ?? { required: {}, optional: {} };
  const known = { ...required, ...optional };
  const missing = Object.keys(required).filter((name) => value[name] === undefined);
  const unknown = Object.keys(value).filter((name) => known[name] === undefined);
  const none = atLeastOne !== undefined && !atLeastOne.some((name) => value[name] !== undefined);
  return [
    ...missing.map((name) => `${path}.${name} is missing`),
    ...unknown.map((name) => `${path}.${name} is not in the schema`),
    ...(none ? [`${path} has none of ${atLeastOne}`] : []),
    ...Object.entries(value).flatMap(([name, inner]) => (known[name] === undefined ? [] : faultsOf(inner, known[name], `${path}.${name}`))),
  ];
}

const entry = {
  seq: 7,
  at: "2026-05-05T09:00:00.000Z",
  actor: "countersign",
  action: "held",
  postId: "p1",
  detail: { rules: ["shell/chmod-world"], author: "helper" },
  previous: "0".repeat(64),
  hash: "1".repeat(64),
};

describe("a Detection Finding", () => {
  it.each([
    "held",
    "blocked",
    "flagged",
    "claimed",
    "released",
    "escalated",
    "approved-once",
    "undone",
    "approved",
    "redacted",
    "rejected",
    "returned",
    "expired",
    "withdrawn",
  ])("says `%s` as the schema demands", (action) => {
    for (const actor of ["countersign", "mira"])
      for (const severity of [0, 1, 2, 3, 4, 5, undefined]) {
        const event = detectionFinding({ ...entry, action, actor }, severity, "1.0.0");
        expect(faults(event ?? {}, "event")).toEqual([]);
        expect(event).toMatchObject({ metadata: { version: OCSF_VERSION }, type_uid: 200_400 + Number(event?.activity_id) });
      }
  });

  it("is made of no entry that tells of nothing found", () => {
    for (const action of ["submitted", "labelled", "delivered", "signed-in", "toString", "__proto__"])
      expect(detectionFinding({ ...entry, action }, 1, "1.0.0")).toBeUndefined();
    expect(detectionFinding({ ...entry, postId: null }, 1, "1.0.0")).toBeUndefined();
  });

  it("is refused by this test when it lacks what is required", () => {
    const { metadata: _gone, ...event } = detectionFinding(entry, 4, "1.0.0") ?? {};
    expect(faults({ ...event, time: "now", colour: "red" }, "event")).toEqual([
      "event.metadata is missing",
      "event.colour is not in the schema",
      "event.time is no timestamp_t",
    ]);
  });

  it("follows a post from its hold to its decision, by severity, rule and actor", async () => {
    const { gate } = await testGate();
    const { postId } = await gate.submit(agentPost(`${BAD} SECRET-TEXT`, true));
    const { contentHash, version } = await gate.review.get(postId);
    const mira = { id: "mira", name: "Mira", role: "moderator" } as const;
    await gate.review.decide("reject", postId, mira, { contentHash, version, comment: "SECRET-COMMENT" });
    const response = await gate.fetch(
      new Request("http://forum.test/countersign/api/v1/audit/export?format=ocsf", { headers: { "x-user": "audra" } }),
    );
    const text = await response.text();
    const events = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.flatMap((event) => faults(event, "event"))).toEqual([]);
    expect(events).toMatchObject([
      {
        activity_id: 1,
        severity: "Critical",
        finding_info: { uid: postId, types: ["shell/chmod-world"] },
        actor: { app_name: "countersign" },
      },
      { activity_id: 3, severity_id: 5, status: "Resolved", actor: { user: { uid: "mira" } } },
    ]);
    expect(text).not.toContain("SECRET");
  });
});
