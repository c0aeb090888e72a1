/**
 * Makes of what a host hands over a submission that can be judged, stored and logged: the wire's fields only, well-formed text, a
 * clock that can be believed, no identity but one this gate has verified. What it changed it says in notes; what it cannot read it refuses, unless it is an agent's post: that
 * is kept and held.
 */
import type { Agent, Submission } from "countersign";
import { z } from "zod";
import { ProblemError } from "../api/problems.js";
import { AuthorKind, Client, SubmissionInput } from "../api/wire.js";
import { renderedBytes } from "./hash.js";

/** A submission made ready. */
export type Intake = {
  submission: Submission;
  /** Whether it is to be held when it cannot be decided: an agent's, a service's, or posted with a token or an app. */
  automated: boolean;
  /** Set when the engine must not, or cannot fully, read it. */
  unread?: "undecided/malformed" | "undecided/oversize" | "undecided/ill-formed" | "undecided/overload";
  notes: string[];
};

/** The most the engine is given to read: all rendered texts together, in UTF-8 bytes. */
export const LARGEST_BYTES = 1_048_576;

/** Milliseconds a host's clock may differ from the gate's before the gate's own is used. */
export const CLOCK_SKEW_MS = 300_000;

const lenient = z.string().optional().catch(undefined);

/** What can be saved of a post that does not parse: enough to hold it. */
const Remains = z.object({
  id: lenient,
  post: z.object({
    body: z.string(),
    thread: lenient,
    onBehalfOf: lenient,
    fields: z.record(z.string(), z.string()).optional().catch(undefined),
    author: z
      .object({
        id: z.string().min(1).catch("unknown"),
        handle: lenient,
        kind: z.string().toLowerCase().pipe(AuthorKind).optional().catch(undefined),
      })
      .catch({ id: "unknown" }),
    client: Client.optional().catch(undefined),
  }),
});

type Parsed = { value: SubmissionInput; unread?: "undecided/malformed"; notes: string[] };

function isAutomated({ post: { author, client } }: SubmissionInput, agents: readonly Agent[]): boolean {
  const credential = client?.auth !== undefined && client.auth !== "session";
  return (
    author.kind === "agent" ||
    author.kind === "service" ||
    client?.verifiedAgent !== undefined ||
    client?.app !== undefined ||
    credential ||
    agents.some(({ id }) => id === author.id)
  );
}

function complaint(error: z.ZodError): string {
  return error.issues.map((issue) => `\`${issue.path.join(".") || "submission"}\`: ${issue.message.toLowerCase()}`).join("; ");
}

function parse(input: unknown, agents: readonly Agent[]): Parsed {
  const read = SubmissionInput.safeParse(input);
  if (read.success) return { value: read.data, notes: [] };
  const what = complaint(read.error);
  const remains = Remains.safeParse(input);
  if (remains.success && isAutomated(remains.data, agents)) {
    return { value: remains.data, unread: "undecided/malformed", notes: [`the submission could not be read: ${what}`] };
  }
  throw new ProblemError("malformed-submission", `${what}: correct the named field, or leave it out when it is optional`);
}

/** Every lone surrogate becomes U+FFFD, which is what any reader would have been shown. */
function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toWellFormed(), wellFormed(inner)]));
}

/** No database's text column takes a NUL. In a body, which is kept as JSON, it stays what the author sent. */
function keepable(key: string, value: unknown): unknown {
  return typeof value === "string" && key !== "body" ? value.replaceAll("\0", "\uFFFD") : value;
}

function isIllFormed({ post }: SubmissionInput): boolean {
  return [post.body, ...Object.entries(post.fields ?? {}).flat()].some((text) => !text.isWellFormed());
}

function far(time: string, clock: Date): boolean {
  return !(Math.abs(Date.parse(time) - clock.getTime()) <= CLOCK_SKEW_MS);
}

function settleClock(submission: SubmissionInput, clock: Date, notes: string[]): Submission {
  const own = clock.toISOString();
  const strange = submission.now !== undefined && far(submission.now, clock);
  if (strange) notes.push("the host's `now` is more than 5 minutes from the gate's clock, which was used instead: check both clocks");
  const now = submission.now === undefined || strange ? own : submission.now;
  const { at, ...post } = submission.post;
  const written = at === undefined ? Number.NaN : Date.parse(at);
  const ahead = at !== undefined && !(written <= clock.getTime() + CLOCK_SKEW_MS);
  if (ahead) notes.push("`post.at` is no time of the past, the gate's clock was used instead: check the host's clock");
  return { ...submission, post: { ...post, ...(at === undefined ? {} : { at: ahead ? own : at }) }, now } as Submission;
}

function settleThread(submission: Submission, notes: string[]) {
  const { post, thread } = submission;
  if (post.thread === undefined || thread?.id === post.thread) return;
  notes.push(
    "the host gave no context for the thread this post names, so nobody can be seen to have asked for it: pass `thread` with its posts",
  );
  delete submission.thread;
}

/**
 * Sets who is verified. What a host says of that itself may be a client's own words passed on, and it would open the way to the
 * agent's requests and grants; so it counts as what anyone may say of themselves: a declaration.
 */
function settleIdentity({ post }: SubmissionInput, verifiedAgent: string | undefined, notes: string[]) {
  if (verifiedAgent !== undefined) {
    post.client = { ...post.client, auth: "signature", verifiedAgent };
    return;
  }
  const { verifiedAgent: claimed, ...client } = post.client ?? {};
  if (claimed === undefined && client.auth !== "signature") return;
  post.client = client.auth === "signature" ? { ...client, auth: "token" } : client;
  if (claimed === undefined) return;
  notes.push("the host named a verified agent itself, which counts as the author's own word: hand in the `identity` of `gate.identify`");
  const disclosure = post.declared?.disclosure ?? "none";
  post.declared = { ...post.declared, disclosure: disclosure === "none" ? "ai-generated" : disclosure };
}

/**
 * Makes a submission ready.
 *
 * @param input whatever the host handed over
 * @param clock the gate's clock
 * @param agents those the policy registers, whatever the host takes them for
 * @param verifiedAgent the one whose signature this gate has verified
 * @throws ProblemError `malformed-submission`, naming the field, when it cannot be read and is not recognisably an agent's
 */
export function intake(input: unknown, clock: Date, agents: readonly Agent[] = [], verifiedAgent?: string): Intake {
  const { value, unread, notes } = parse(input, agents);
  const illFormed = isIllFormed(value);
  if (illFormed) notes.push("the text contains halves of characters (lone surrogates) that cannot be read; they are shown as \uFFFD");
  // Through JSON, so that what is judged is, byte for byte, what is stored: no `undefined`, no prototypes.
  const clean: SubmissionInput = JSON.parse(JSON.stringify(wellFormed(value)), keepable);
  settleIdentity(clean, verifiedAgent, notes);
  const submission = settleClock(clean, clock, notes);
  settleThread(submission, notes);
  const oversize = renderedBytes(submission) > LARGEST_BYTES;
  if (oversize) notes.push("the text is larger than 1 MiB and was not read: split it, or attach it as a file");
  const reason = unread ?? (oversize ? "undecided/oversize" : illFormed ? "undecided/ill-formed" : undefined);
  const automated = verifiedAgent !== undefined || isAutomated(value, agents);
  return { submission, automated, notes, ...(reason === undefined ? {} : { unread: reason }) };
}
