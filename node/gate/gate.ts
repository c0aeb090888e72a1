/**
 * Builds a gate from what the host gives it, and is the one place where the rooms meet.
 */
import type { Submission } from "countersign";
import type { Gate, GateOptions, Notice, Outcome, SubmitExtras } from "../api/host.js";
import { ProblemError } from "../api/problems.js";
import type { Health } from "../api/schema.js";
import type { SubmissionInput } from "../api/wire.js";
import * as audit from "../audit/chain.js";
import { type Context, Signal } from "../context.js";
import * as drafts from "../drafts/drafts.js";
import { LiveEngine } from "../engine/live.js";
import { readSetup } from "../engine/setup.js";
import { SHIPPED } from "../engine/source.js";
import * as exposure from "../exposure/exposure.js";
import * as grants from "../grants/grants.js";
import { createSigner } from "../grants/signer.js";
import { overHttp } from "../identity/directory.js";
import { Identifier } from "../identity/identify.js";
import { Keys } from "../identity/keys.js";
import { storedNonces } from "../identity/nonces.js";
import { exceptions } from "../learning/allowances.js";
import type { Learning } from "../learning/room.js";
import { Trials } from "../learning/trials.js";
import { jsonLogger, type Logger } from "../log.js";
import { Meter } from "../metrics/meter.js";
import { createMetrics, type Metrics } from "../metrics/metrics.js";
import { Outbox } from "../outbox/outbox.js";
import { erase } from "../retention/erase.js";
import { eraseOld } from "../retention/sweep.js";
import { createApp } from "../review/app.js";
import type { Rejudge } from "../review/redact.js";
import { reviewRoom } from "../review/room.js";
import { hourly } from "../review/sweep.js";
import { createAccess } from "../session/access.js";
import { strong } from "../session/secret.js";
import { openStore } from "../store/open.js";
import { type Store, StoreError } from "../store/store.js";
import { canary } from "./canary.js";
import type { Bench } from "./judge.js";
import { type Desk, type SubmitOptions, submit } from "./submit.js";
import { Turns } from "./turns.js";

const DEADLINE_MS = 250;

/** Milliseconds a decision can be taken back. */
const UNDO_MS = 10_000;

/** Milliseconds a claim lasts: longer than reading a long post takes, shorter than a lunch. */
const CLAIM_MS = 900_000;

/** Milliseconds a canary's answer is believed before it is asked again. */
const CANARY_MS = 5_000;

/** Milliseconds a canary may take: the first post an engine reads also has its rules made ready. */
const FIRST_MS = 5_000;

/** A host's notifier that throws must not undo what is already durable. */
function carefully(notify: GateOptions["notify"], log: Logger): (notice: Notice) => void {
  const failed = ({ postId, kind }: Notice) => log.log("error", "notify/failed", { post: postId, kind });
  return (notice) => {
    try {
      void Promise.resolve(notify?.(notice)).catch(() => failed(notice));
    } catch {
      failed(notice);
    }
  };
}

/** Asks the canary, at most every few seconds, and remembers its answer. */
class Watch {
  ok = false;
  #asked = Number.NEGATIVE_INFINITY;
  #engine: LiveEngine;
  #log: Logger;

  constructor(engine: LiveEngine, log: Logger) {
    this.#engine = engine;
    this.#log = log;
  }

  async ask(now: Date): Promise<Health> {
    if (performance.now() - this.#asked > CANARY_MS) {
      this.#asked = performance.now();
      this.ok = await canary((submission) => this.#engine.check(submission, FIRST_MS), now);
      if (!this.ok) this.#log.log("error", "canary/failed");
    }
    const { version, refused } = this.#engine;
    return { ok: this.ok, canary: this.ok ? "passed" : "failed", engine: version, ...(refused ? { refused } : {}) };
  }
}

async function signerOf(options: GateOptions, store: Store) {
  if (options.signingKey === undefined && store.folder === null)
    throw new StoreError("this store has no folder for the signing key: pass `signingKey`, a private Ed25519 JWK");
  const { signingKey = { folder: store.folder ?? "" }, issuer = "countersign", formerKeys = [] } = options;
  return createSigner(signingKey, issuer, formerKeys);
}

type Parts = {
  metrics: Metrics;
  learning: Learning;
  ending: AbortController;
  context: Context;
  desk: Desk;
  identifier: Identifier;
  outbox: Outbox;
  review: Gate["review"];
  watch: Watch;
  engine: LiveEngine;
  store: Store;
};

function identifierOf(options: GateOptions, context: Context, desk: Desk): Identifier {
  const { now, log } = context;
  const keys = new Keys(options.keySource ?? overHttp(), now);
  return new Identifier({ authorities: options.authorities ?? [], agents: desk.agents, keys, nonces: storedNonces(context), now, log });
}

/** An engine that fails its own test says nothing that could be believed. */
function soundly({ healthy, check }: Bench): Rejudge {
  return async (submission) => ((await healthy()) ? check(submission) : { undecided: "undecided/engine" });
}

async function assemble(options: GateOptions, store: Store): Promise<Parts> {
  const meter = new Meter();
  const log = meter.counted(options.log ?? jsonLogger("warn"));
  const now = options.now ?? (() => new Date());
  const signer = await signerOf(options, store);
  const ending = new AbortController();
  const notify = carefully(options.notify, log);
  const { undoMs = UNDO_MS, claimMs = CLAIM_MS, reasons = [] } = options;
  const context: Context = {
    db: store.db,
    desk: { undoMs, claimMs, reasons },
    now,
    log,
    signer,
    changed: new Signal(),
    notify,
    ended: ending.signal,
  };
  const workers = { source: options.engine ?? SHIPPED, deadlineMs: options.deadlineMs ?? DEADLINE_MS, size: options.workers ?? 2, log };
  const engine = await LiveEngine.start({
    ...workers,
    now,
    policyFile: options.policyFile,
    read: () => readSetup(options),
    extra: exceptions(context),
    prove: (pool) => canary((submission) => pool.check(submission, FIRST_MS), now()),
  });
  const watch = new Watch(engine, log);
  await watch.ask(now());
  const bench = {
    check: (submission: Submission) => meter.verdict(engine.check(submission)),
    healthy: async () => watch.ok || (await watch.ask(now())).ok,
  };
  const registered = (agent: string) => engine.agents.find(({ id }) => id === agent)?.operator;
  const operatorOf = (agent: string) => options.operatorOf?.(agent) ?? registered(agent) ?? null;
  const desk = { context, bench, operatorOf, agents: () => engine.agents, settled: () => engine.settled(), turns: new Turns() };
  const identifier = identifierOf(options, context, desk);
  const outbox = new Outbox(context, options);
  const review = reviewRoom({ context, judge: soundly(bench), hostTakesDown: options.withdraw !== undefined }, outbox, options);
  const { source, deadlineMs } = workers;
  const learning = { context, read: () => readSetup(options), live: engine, operatorOf, source, deadlineMs, trials: new Trials() };
  const metrics = await createMetrics(context, meter, options);
  return { learning, metrics, ending, context, desk, identifier, outbox, review, watch, engine, store };
}

/**
 * Publishing a draft is its owner's own act: as the agent's answer by a grant for exactly this text, used at once, or as a post of
 * their own.
 */
async function publishDraft({ context, desk, outbox }: Parts, id: string, owner: string, how: drafts.Publishing) {
  const { row, ownName } = await drafts.ready(context.db, id, owner, how);
  const draft = { id, owner, ownName };
  const outcome = ownName
    ? await submit(desk, drafts.underName(row, owner), { draft })
    : await submit(desk, drafts.asWritten(row), { draft, grant: await grants.forDraft(context, row, owner), ...drafts.signedBy(row) });
  outbox.kick();
  return outcome;
}

/** What a host may hand in with a submission, checked. */
function accept({ grant, identity }: SubmitExtras, identifier: Identifier): SubmitOptions {
  const signed = identity === undefined ? {} : { verifiedAgent: identifier.agentOf(identity) };
  return { ...signed, ...(grant === undefined ? {} : { grant }) };
}

function rooms(parts: Parts, options: GateOptions): Omit<Gate, "fetch" | "signInLink"> {
  const { ending, context, desk, identifier, metrics, outbox, watch, engine, store } = parts;
  const { db } = context;
  const counted = (submission: SubmissionInput, work: Promise<Outcome>) =>
    metrics.meter.submission(context.now, submission?.post?.at, work);
  return {
    identify: (request) => identifier.identify(request),
    submit: async (submission, extras = {}) => counted(submission, submit(desk, submission, accept(extras, identifier))),
    revise: async (submission, extras = {}) => {
      if (submission?.post?.revises) return counted(submission, submit(desk, submission, accept(extras, identifier)));
      throw new ProblemError("malformed-submission", "`post.revises`: name the content hash of the version this edit replaces");
    },
    grants: {
      issue: (request) => grants.issue(context, request),
      revoke: (id, by) => grants.revoke(context, id, by),
      rotateKey: (by) => grants.rotateKey(context, by),
    },
    drafts: {
      list: (owner) => drafts.list(context, owner),
      get: (id, owner) => drafts.get(context, id, owner),
      discard: (id, owner) => drafts.discard(context, id, owner),
      edit: (id, owner, body) => drafts.edit(context, id, owner, body),
      publish: (id, owner, how = {}) => publishDraft(parts, id, owner, how),
    },
    review: parts.review,
    exposure: { record: (sighting) => exposure.record(context, sighting) },
    audit: { list: (query) => audit.list(db, query), verify: () => audit.verify(db) },
    outbox: { drain: () => outbox.drain(), pending: () => outbox.pending() },
    erase: (id, erasure) => erase({ context, store }, id, erasure),
    retention: { sweep: () => eraseOld({ context, store }, options.retention?.textDays) },
    health: async () => {
      await engine.settled();
      return watch.ask(context.now());
    },
    reload: () => engine.reload(),
    close: async () => {
      ending.abort();
      context.changed.ring();
      await outbox.close();
      await engine.close();
      await store.close();
    },
  };
}

/**
 * Builds a gate.
 *
 * @throws Error when the policy is refused, with the engine's words; StoreError when the store cannot be used
 * @example
 * const gate = await createGate({
 *   store: "/var/lib/forum/countersign.db",
 *   authenticate: (request) => moderatorOf(request),
 *   publish: (post) => forum.create(post),
 * });
 * const outcome = await gate.submit({ post: { body, thread: "t1", author: { id: "helper", kind: "agent" } }, thread });
 * if (outcome.action === "hold" || outcome.action === "block") return Response.json(outcome.problem, { status: 403 });
 */
export async function createGate(options: GateOptions): Promise<Gate> {
  const store = await openStore(options.store);
  try {
    const parts = await assemble(options, store);
    const gate = rooms(parts, options);
    const access = createAccess(parts.context, options, options.basePath ?? "/countersign");
    const { context, learning, metrics } = parts;
    const submitToken = strong(options.submissions?.token, "submissions");
    const app = createApp({ gate, context, learning, metrics, access, submitToken, ...(options.reader ? { reader: options.reader } : {}) });
    store.listen?.(() => {
      parts.context.changed.ring();
      // What another process has left to hand over is handed over by whoever is there.
      parts.outbox.kick();
    });
    hourly(parts.context, gate.review.sweep);
    hourly(parts.context, gate.retention.sweep);
    parts.outbox.kick();
    return { ...gate, signInLink: (moderator) => access.link(moderator), fetch: async (request) => app.fetch(request) };
  } catch (error) {
    await store.close();
    throw error;
  }
}
