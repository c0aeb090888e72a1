import { beforeAll, describe, expect, it } from "vitest";
import type { Moderator, PostDetail, PostState, Step } from "../api/schema.js";
import { Step as Steps } from "../api/schema.js";
import { agentPost, BAD, sharedGate, type TestGate } from "../testing/gate.js";

const CLAIM_MS = 60_000;
const people = {
  moderator: { id: "mira", name: "Mira", role: "moderator" },
  other: { id: "milo", name: "Milo", role: "moderator" },
  lead: { id: "lea", name: "Lea", role: "lead" },
  auditor: { id: "audra", name: "Audra", role: "auditor" },
} as const satisfies Record<string, Moderator>;
type Who = keyof typeof people;

let shared: TestGate;
let clock = Date.parse("2026-05-05T09:00:00Z");
beforeAll(() => sharedGate((test) => (shared = test), { now: () => new Date(clock), claimMs: CLAIM_MS, undoMs: 1_000 }));

/** Where a test's post stands: a state, `lapsed` for a claim that has ended, `escalated` for one that waits for a lead. */
type Place = PostState | "lapsed" | "escalated" | "undoable";

let posts = 0;

async function submitted(place: Place) {
  const post = agentPost(`${BAD} # ${posts++}`, place !== "blocked");
  delete post.post.onBehalfOf;
  if (place === "flagged") post.post.author.kind = "human";
  return (await shared.gate.submit(post)).postId;
}

async function act(step: Step, id: string, by: Moderator): Promise<PostDetail> {
  const { contentHash, version } = await shared.gate.review.get(id);
  const spans = step === "redact" ? { spans: [{ field: "body", start: 0, end: BAD.length }] } : {};
  return shared.gate.review.decide(step, id, by, { contentHash, version, comment: "because", ...spans });
}

const WAY: Partial<Record<Place, Step>> = {
  claimed: "claim",
  lapsed: "claim",
  escalated: "escalate",
  approved: "approve",
  undoable: "approve",
  rejected: "reject",
  returned: "return",
};

/** A post in a place, brought there by mira. */
async function postIn(place: Place): Promise<PostDetail> {
  const id = await submitted(place);
  const step = WAY[place];
  if (step) await act(step, id, people.moderator);
  if (place === "lapsed") clock += CLAIM_MS;
  else if (place !== "undoable") clock += 1_000;
  return shared.gate.review.get(id);
}

const OPEN = { approve: "approved", redact: "approved", reject: "rejected", return: "returned", escalate: "held" } as const;
const CLAIMED = { ...OPEN, claim: "claimed", release: "held" } as const;
const HELD = { ...OPEN, claim: "claimed" } as const;
const LEADS = { approve: "approved", redact: "approved", reject: "rejected", return: "returned", claim: "claimed" } as const;
const FLAGGED = { approve: "approved", reject: "rejected" } as const;
const BLOCKED = { ...FLAGGED, redact: "approved" } as const;

type Allowed = Partial<Record<Step, PostState>>;
const NOTHING: Allowed = {};

const MACHINE: Partial<Record<Place, Record<Exclude<Who, "auditor">, Allowed>>> = {
  held: { moderator: HELD, other: HELD, lead: HELD },
  lapsed: { moderator: HELD, other: HELD, lead: HELD },
  claimed: { moderator: CLAIMED, other: NOTHING, lead: CLAIMED },
  escalated: { moderator: NOTHING, other: NOTHING, lead: LEADS },
  flagged: { moderator: FLAGGED, other: FLAGGED, lead: FLAGGED },
  blocked: { moderator: BLOCKED, other: BLOCKED, lead: BLOCKED },
  undoable: { moderator: { undo: "held" }, other: NOTHING, lead: NOTHING },
  approved: { moderator: NOTHING, other: NOTHING, lead: NOTHING },
  rejected: { moderator: NOTHING, other: NOTHING, lead: NOTHING },
  returned: { moderator: NOTHING, other: NOTHING, lead: NOTHING },
};

const rows = (Object.keys(MACHINE) as Place[]).flatMap((place) =>
  (Object.keys(people) as Who[]).flatMap((who) =>
    Steps.options.map((step) => ({ place, who, step, next: (who === "auditor" ? undefined : MACHINE[place]?.[who]?.[step]) ?? "refused" })),
  ),
);

describe("the state machine", () => {
  it.each(rows)("$place, $step by $who: $next", async ({ place, who, step, next }) => {
    const post = await postIn(place);
    expect(post.state).toBe({ lapsed: "held", escalated: "held", undoable: "approved" }[place as string] ?? place);
    const after = act(step, post.id, people[who]);
    if (next !== "refused") return expect(await after).toMatchObject({ state: next, version: post.version + 1 });
    await expect(after).rejects.toMatchObject({ problem: { status: expect.toSatisfy((status) => status === 409 || status === 403) } });
    expect(await shared.gate.review.get(post.id)).toMatchObject({ state: post.state, version: post.version });
  });
});
