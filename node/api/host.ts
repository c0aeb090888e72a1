/**
 * The words a host speaks with the gate: what it hands over, what it gets back, and which of its own functions the gate calls.
 */
import type { Grant, Submission, Verdict } from "countersign";
import type { JWK } from "jose";
import type { AuditQuery } from "../audit/chain.js";
import type { Publishing } from "../drafts/drafts.js";
import type { Reloaded } from "../engine/live.js";
import type { EngineSource } from "../engine/source.js";
import type { KeySource } from "../identity/directory.js";
import type { Identity } from "../identity/identify.js";
import type { Logger } from "../log.js";
import type { Limits } from "../session/limits.js";
import type { SignIn } from "../session/options.js";
import type { Store } from "../store/store.js";
import type {
  AuditEntry,
  BulkRequest,
  BulkResult,
  CannedReason,
  Decision,
  DecisionRequest,
  Facets,
  Health,
  Moderator,
  PostDetail,
  PostFilter,
  PostPage,
  PostQuery,
  PostSummary,
  Problem,
  SavedView,
  Step,
} from "./schema.js";
import type { SubmissionInput } from "./wire.js";

/** A post a human let through: what the host publishes. */
export type ApprovedPost = {
  /** Countersign's id of the post; the same on every retry, so that publishing twice can be avoided. */
  id: string;
  submission: Submission;
  /** Null when the engine could not decide and a moderator did. */
  verdict: Verdict | null;
  contentHash: string;
  /** How to publish it: `label` with the public label, `flag` with the instruction veiled. */
  action: "publish" | "label" | "flag";
  /** The human who let it through. */
  by: string;
  /** The signed receipt (JWS) of the decision; null for a draft its owner published with a grant. */
  receipt: string | null;
};

/** A published post a moderator rejected: what the host takes down. */
export type WithdrawnPost = Pick<ApprovedPost, "id" | "submission" | "contentHash" | "by" | "receipt">;

/** A word to a person about a post. Never carries the held text. */
export type Notice = {
  /** The host's id of the account to tell; null: the moderators. */
  to: string | null;
  kind: "draft" | "held" | "flagged" | "approved" | "rejected" | "returned" | "published" | "escalated" | "expired" | "withdraw";
  postId: string;
  message: string;
};

/** What became of a submission. */
export type Outcome = {
  action: "publish" | "label" | "flag" | "hold" | "block";
  /** Absent when the engine could not decide; `undecided` then says why. */
  verdict?: Verdict;
  /** A stable code such as `undecided/deadline`, and absent when the engine decided. */
  undecided?: string;
  /** Countersign's id of the stored record (hold, flag, block), or of the audit entry's post (publish, label). */
  postId: string;
  /** `sha256-…` over every rendered field. */
  contentHash: string;
  /** What the gate changed or could not do, in sentences. */
  notes: string[];
  /** For hold and block: what happened, which human act would allow it, where the text went. */
  problem?: Problem;
};

/** What a human asks a grant for. */
export type GrantRequest = {
  /** The human who gives it. */
  by: string;
  agent: string;
  thread: string;
  action?: "reply" | "topic";
  onBehalfOf?: string;
  /** Binds the grant to one exact content. */
  contentHash?: string;
  /** Milliseconds from now; 24 hours when left out, at most 30 days. */
  expiresInMs?: number;
};

/** That somebody saw a post: named by the gate's id of it, or by its content. */
export type Sighting = ({ postId: string } | { contentHash: string }) & {
  /** The host's id of who saw it. */
  reader: string;
  /** When (RFC 3339); now when left out. */
  at?: string;
  /** Whether they read past its veil. */
  acknowledged?: boolean;
};

/** How to build a gate. */
export type GateOptions = {
  /** The forum's policy, TOML text. */
  policy?: string;
  /** The forum's policy, a file. A change counts from the next post on; one that does not hold is refused, see {@link Health.refused}. */
  policyFile?: string;
  /** The organisation's own rules: a folder of TOML files in the format of the shipped `rules/`, read at start and by `reload`. */
  rulesFolder?: string;
  /**
   * A path: an embedded SQLite file, made when it is not there, owned by one process. A `postgres://` URL: a database several
   * processes share; it needs `signingKey`. Default `.countersign/gate.db`.
   */
  store?: Store | string;
  /** Called at least once per approved post, again until it resolves; idempotent by `post.id`. */
  publish: (post: ApprovedPost) => Promise<void> | void;
  /**
   * Takes down a post that is published and veiled, because a moderator rejected it. Called at least once, again until it resolves;
   * left out, the moderators are told to take it down themselves.
   */
  withdraw?: (post: WithdrawnPost) => Promise<void> | void;
  /**
   * Called after the fact it tells of is durable. What follows from a moderator's decision is told once it cannot be taken back any
   * more, and told again when this throws or its promise rejects.
   */
  notify?: (notice: Notice) => unknown;
  /** Who is asking; null when it is no moderator. May be left out with `signIn`; where both are there, what this says comes first. */
  authenticate?: (request: Request) => Promise<Moderator | null> | Moderator | null;
  /** Has moderators sign in to the gate itself: at an OpenID Connect provider, or by a link used once. */
  signIn?: SignIn;
  /**
   * The network address a request came from. `gate.fetch` cannot see it; without it all addresses count as one where sign-ins are
   * limited, and changes are limited by moderator only. Behind a proxy answer what your own proxy says, and nothing a client can set.
   */
  addressOf?: (request: Request) => string | null | undefined;
  /** Requests a minute; false: the host limits them itself. */
  limits?: Partial<Limits> | false;
  /** Lets a forum that has this token (16 characters or more) submit over HTTP: `POST {basePath}/api/v1/submissions`. */
  submissions?: { token: string };
  /** Lets whoever has this token (16 characters or more) read `GET {basePath}/metrics`; without it moderators alone may. */
  metrics?: { token: string };
  /**
   * The host's id of who reads the forum with this request; null when it is nobody signed in. With it the page itself may tell who
   * saw a veiled post (`POST {basePath}/api/v1/exposure`); without it only the host does, by `gate.exposure.record`.
   */
  reader?: (request: Request) => Promise<string | null> | string | null;
  /** Milliseconds in which a moderator can take back a decision; nothing is published and nobody told before. Default 10 000. */
  undoMs?: number;
  /** Milliseconds after which a claim ends by itself. Default 15 minutes. */
  claimMs?: number;
  /** Days after which a post nobody decided on expires; never when left out. Looked for at start, every hour, and by `review.sweep`. */
  expireDays?: number;
  /**
   * How long texts are kept: `textDays` days after its decision a post's text is erased, see `erase`; never when left out. Looked
   * for at start and every hour.
   */
  retention?: { textDays: number };
  /** The reasons the forum's moderators often give; those of the review page when left out. */
  reasons?: CannedReason[];
  /** Who operates an agent, where the policy does not say: the owner of its drafts when nobody invoked it. */
  operatorOf?: (agent: string) => string | null | undefined;
  /**
   * The hosts this forum answers to, such as `forum.example`: an agent's signature has to be made for one of them. Without a port a
   * host stands for every port of it. None when left out: `gate.identify` then refuses every signature.
   */
  authorities?: string[];
  /** Where agents' keys come from; each registered origin's own directory, over https, when left out. */
  keySource?: KeySource;
  /** Where the worker finds the engine; the shipped one when left out. */
  engine?: EngineSource;
  /** Milliseconds the engine has for one post. Default 250. */
  deadlineMs?: number;
  /** Threads that run engines. Default 2, so that one being replaced stops nothing. */
  workers?: number;
  /** The gate's clock. */
  now?: () => Date;
  /** The path `gate.fetch` answers under. Default `/countersign`. */
  basePath?: string;
  /** The issuer named in grants and receipts. Default `countersign`. */
  issuer?: string;
  /** The Ed25519 key grants and receipts are signed with, a private JWK; kept beside the store (mode 0600) when left out. */
  signingKey?: JWK;
  /** The keys `signingKey` replaced, public JWKs: what they signed counts until it expires. */
  formerKeys?: JWK[];
  /** Where events are logged; JSON lines from `warn` on standard error when left out. Never given any text of a post. */
  log?: Logger;
};

/** What may come with a submission. */
export type SubmitExtras = {
  /** The token of a grant. */
  grant?: string;
  /** Who signed the request the post came with, as `identify` told; the only way to `post.client.verifiedAgent`. */
  identity?: Identity;
};

/** What the queue is asked for: which posts, from where on and how many. */
export type ListQuery = PostQuery & { cursor?: string | undefined; limit?: number | undefined };

/** A decision on what was seen; `spans` go with `redact`. */
export type SeenDecision = DecisionRequest & { version: number };

/** The gate a host talks to. */
export type Gate = {
  /**
   * Which registered agent signed a request (Web Bot Auth, RFC 9421); null when it is not signed for this purpose. Call it before
   * the request's body is read, and at most once for each request: a nonce counts once.
   *
   * @throws ProblemError when the signature does not hold: answer with its `problem` and do not go on as if it were unsigned
   */
  identify(request: Request): Promise<Identity | null>;
  /** Judges a post before it becomes visible. Once this resolves, what it says is durable. */
  submit(submission: SubmissionInput, options?: SubmitExtras): Promise<Outcome>;
  /** Judges an edit; `post.revises` names the content hash of the version it replaces. An edit is a new post. */
  revise(submission: SubmissionInput, options?: SubmitExtras): Promise<Outcome>;
  grants: {
    issue(request: GrantRequest): Promise<{ token: string; grant: Grant }>;
    revoke(id: string, by: string): Promise<void>;
    /**
     * Signs with a new key from now on. What was signed with the former ones still counts until it expires.
     *
     * @returns the new key's id
     * @throws StoreError when the host brought the key itself: it then rotates with `signingKey` and `formerKeys`
     */
    rotateKey(by: string): Promise<string>;
  };
  drafts: {
    list(owner: string): Promise<PostSummary[]>;
    get(id: string, owner: string): Promise<PostDetail>;
    discard(id: string, owner: string): Promise<void>;
    /** Replaces the draft's text by its owner's; nothing is published. */
    edit(id: string, owner: string, body: string): Promise<PostDetail>;
    /**
     * Judges the draft again; when it passes it goes to `publish`. As the agent's answer its exact content gets a grant by its owner;
     * under the owner's own name it is their post, written with an agent's help, and what would veil it holds it.
     */
    publish(id: string, owner: string, how?: Publishing): Promise<Outcome>;
  };
  review: {
    /** One page of the queue. `claimed: "me"` and `"others"` need to know who asks. */
    list(query?: ListQuery, moderator?: Moderator): Promise<PostPage>;
    /** What the posts of a state can be narrowed to; of those not decided when left out. */
    facets(state?: PostFilter): Promise<Facets>;
    get(id: string): Promise<PostDetail>;
    /**
     * Takes a step on exactly the version and content the moderator saw.
     *
     * @throws ProblemError when they may not, or when the post is not as they saw it: `problem.current` is what it is now
     */
    decide(step: Step, id: string, moderator: Moderator, decision: SeenDecision): Promise<PostDetail>;
    /** The same step on many posts, each by itself. */
    bulk(request: BulkRequest, moderator: Moderator): Promise<BulkResult>;
    /** The searches a moderator keeps, by name. */
    views: {
      list(moderator: Moderator): Promise<SavedView[]>;
      put(moderator: Moderator, view: SavedView): Promise<SavedView>;
      remove(moderator: Moderator, name: string): Promise<void>;
    };
    /** Expires what waited longer than `expireDays`; answers how many posts that were. */
    sweep(): Promise<number>;
    /** Expires every post that waits to appear in a thread that is gone; answers how many that were. */
    threadGone(thread: string): Promise<number>;
  };
  exposure: {
    /**
     * Notes that somebody saw a post that is recorded here, such as a flagged one shown veiled; what is not recorded is passed over.
     *
     * @returns how many records it was noted for
     * @throws ProblemError `malformed-request` when `at` is no time
     * @example
     * await gate.exposure.record({ contentHash: post.contentHash, reader: "dana", acknowledged: true });
     */
    record(sighting: Sighting): Promise<number>;
  };
  audit: {
    list(query?: AuditQuery): Promise<AuditEntry[]>;
    verify(): Promise<{ ok: true; entries: number } | { ok: false; seq: number; reason: string }>;
  };
  outbox: {
    /** Tries every publication that is due; resolves when all were tried once. */
    drain(): Promise<void>;
    pending(): Promise<number>;
  };
  /**
   * A link that lets `moderator` in once, within ten minutes: a path with its secret behind the `#`, to be put after this service's
   * address and shown to nobody else. Only with `signIn: { link: true }`.
   *
   * @example console.log(`http://localhost:8787${await gate.signInLink({ id: "mira", name: "Mira", role: "lead" })}`);
   */
  signInLink(moderator: Moderator): Promise<string>;
  /**
   * Erases a post's text wherever the gate keeps it: record, earlier versions, search index, what was handed to the host. The record,
   * its hashes and the audit log stay and still verify. A post that waited for a decision is withdrawn. The host's own copy, backups
   * and what other posts quote are not reached.
   *
   * @param erasure who asked for it and on what ground, which is logged for good: name no person and quote nothing in it
   * @throws ProblemError `not-found`; `state-conflict` while the post is on its way to being published
   */
  erase(postId: string, erasure: { by: string; reason: string }): Promise<void>;
  retention: {
    /** Erases what was kept longer than `retention.textDays`; answers how many posts that were. */
    sweep(): Promise<number>;
  };
  /** Everything under `basePath`: review API, review page, client assets. */
  fetch(request: Request): Promise<Response>;
  health(): Promise<Health>;
  /** Reads policy and rules anew and puts them in force for the next post; what does not hold is refused and changes nothing. */
  reload(): Promise<Reloaded>;
  close(): Promise<void>;
};

export type { Decision };
