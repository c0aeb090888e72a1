/**
 * The parts of NodeBB this plugin uses, as it uses them, and the shapes its rooms hand each other.
 *
 * NodeBB has no types of its own; measured on 4.15. What is not named here is not touched.
 */
import type { Verdict } from "countersign";
import type { ApprovedPost, Gate, GateOptions, Notice, Outcome, SubmissionInput, WithdrawnPost } from "countersign/gate";

/** A local account's number, or a remote actor's URI. */
export type Uid = number | string;

/** A stored object, as NodeBB's database answers. */
export type Row = Record<string, unknown>;

/** `src/database`. */
export type Database = {
  getObject(key: string): Promise<Row | null>;
  getObjects(keys: string[]): Promise<(Row | null)[]>;
  setObject(key: string, value: Row): Promise<void>;
  setObjectField(key: string, field: string, value: unknown): Promise<void>;
  getObjectField(key: string, field: string): Promise<unknown>;
  deleteObjectField(key: string, field: string): Promise<void>;
  delete(key: string): Promise<void>;
  deleteAll(keys: string[]): Promise<void>;
  sortedSetAdd(key: string, score: number, value: string): Promise<void>;
  sortedSetRemove(key: string, value: string | string[]): Promise<void>;
  getSortedSetRange(key: string, from: number, to: number): Promise<string[]>;
  getSortedSetRevRange(key: string, from: number, to: number): Promise<string[]>;
};

/** An API token as `api.utils.tokens.get` answers; master tokens have uid 0. */
export type Token = { uid: number; description?: string };

/** What NodeBB's modules offer, by the name of the module. */
export type Core = {
  db: Database;
  user: {
    getUserFields(uid: Uid, fields: string[]): Promise<Row>;
    getUsersFields(uids: Uid[], fields: string[]): Promise<Row[]>;
    getUidByUserslug(slug: string): Promise<number | null>;
    isAdministrator(uid: Uid): Promise<boolean>;
    isGlobalModerator(uid: Uid): Promise<boolean>;
    isModerator(uid: Uid, cid: unknown): Promise<boolean>;
    updateProfile(uid: Uid, data: Row): Promise<unknown>;
  };
  groups: {
    isMemberOfAny(uid: Uid, groups: string[]): Promise<boolean>;
    getUserGroupMembership(set: string, uids: Uid[]): Promise<string[][]>;
    getMembersOfGroups(groups: string[]): Promise<string[][]>;
  };
  posts: {
    addToQueue(data: PostData): Promise<{ id: string; queued: boolean }>;
    getFromQueue(id: string): Promise<QueueItem | null>;
    submitFromQueue(id: string): Promise<unknown>;
    removeFromQueue(id: string): Promise<unknown>;
    getPostData(pid: Uid): Promise<Row | null>;
    getPostsFields(pids: Uid[], fields: string[]): Promise<Row[]>;
    edit(data: EditData): Promise<unknown>;
    delete(pid: Uid, uid: Uid): Promise<unknown>;
    clearCachedPost(pid: Uid): void;
  };
  topics: {
    post(data: PostData): Promise<{ topicData: Row; postData: Row }>;
    reply(data: PostData): Promise<Row>;
    getTopicFields(tid: Uid, fields: string[]): Promise<Row>;
  };
  messaging: {
    getMessageFields(mid: Uid, fields: string[]): Promise<Row>;
    getUidsInRoom(roomId: Uid, from: number, to: number): Promise<Uid[]>;
    addMessage(data: Row): Promise<unknown>;
    editMessage(uid: Uid, mid: Uid, roomId: Uid, content: string): Promise<unknown>;
  };
  notifications: {
    create(data: Row): Promise<Row | null>;
    push(notification: Row, uids: Uid[]): Promise<void>;
    rescind(nids: string[]): Promise<void>;
  };
  tokens: { get(token: string): Promise<Token | null>; fingerprint(token: string): string };
  settings: { get(hash: string): Promise<Row>; set(hash: string, values: Row): Promise<void> };
  translator: { compile(key: string, ...values: string[]): string; translate(text: string, language?: string): Promise<string> };
  routes: {
    setupPageRoute(router: unknown, path: string, controller: Handler): void;
    setupAdminPageRoute(router: unknown, path: string, controller: Handler): void;
    setupApiRoute(router: unknown, verb: string, path: string, middlewares: unknown[], controller: Handler): void;
    formatApiResponse(status: number, response: unknown, payload?: unknown): unknown;
  };
  /** Tells open pages and followers elsewhere of a new post. */
  published(event: "newPost" | "newTopic", uid: Uid, result: { posts: Row[]; topic?: Row }): void;
  /** Builds an actor's ActivityPub document; replaced by `labels.actor`. */
  mocks: { actors: { user(uid: Uid): Promise<Row> } };
  /** `config.json`. */
  nconf: { get(key: string): unknown };
  /** The forum's own settings. */
  meta: { config: Row };
  slugify(text: string): string;
  /** Writes to NodeBB's log. */
  log: { warn(message: string): void; error(message: string): void };
};

/** An Express request as NodeBB's middleware leaves it. */
export type HostRequest = { uid: number; body: Row; params: Record<string, string>; loggedIn?: boolean };

/** A controller. */
export type Handler = (
  request: HostRequest,
  response: { render(template: string, data: Row): void },
  next: (error?: unknown) => void,
) => unknown;

/** What `topics.post`, `topics.reply` and the queue's hooks carry. */
export type PostData = Row & {
  uid: Uid;
  tid?: Uid;
  cid?: Uid;
  toPid?: Uid;
  pid?: Uid;
  title?: unknown;
  content?: unknown;
  sourceContent?: unknown;
  handle?: unknown;
  tags?: unknown;
  req?: { headers?: Record<string, string | undefined> };
  countersign?: QueueMark;
};

/** What `posts.edit` carries. */
export type EditData = Row & { uid: Uid; pid: Uid; content?: unknown; sourceContent?: unknown; title?: unknown; tags?: unknown };

/** An item of the forum's own post queue. */
export type QueueItem = { id: string; uid: Uid; type: "topic" | "reply" | "crosspost"; data: PostData };

/** What is kept with a queued post, under a key of our own: which content was judged, and as what. */
export type QueueMark = {
  /** The gate's record; null when the gate could not keep one. */
  postId: string | null;
  contentHash: string;
  /** Of everything that would be published, by this plugin's own reckoning. */
  digest: string;
  /** Why, without any of the text; empty when nothing holds it. */
  reasons: string[];
  /** Why, with what it would do, for moderators. */
  details: string[];
  /** What its author is. */
  kind: Kind;
};

/** What an account is. */
export type Kind = "human" | "agent" | "service" | "unknown";

/** What was decided on a text. */
export type Ruling = Pick<Outcome, "action" | "contentHash"> & {
  /** The gate's record; null when there is none. */
  postId: string | null;
  outcome?: Outcome;
  /** Why, in sentences that never repeat the text. */
  reasons: string[];
  /** Why, with what it would do, for moderators; parts of the text may be among it. */
  details: string[];
  /** What its author is. */
  kind?: Kind;
  /** Set for a text that is let through whatever it says. */
  approved?: boolean;
  /** Whether a human let it through although it was held. */
  cleared?: boolean;
  /** The verdict of a text judged earlier. */
  verdict?: Verdict | null;
};

/** What is said of a published post, kept under `countersign:post:<pid>`. */
export type Label = {
  origin: "agent" | "assisted" | "service" | "human" | "unknown";
  basis: string;
  disclosure?: string;
  digitalSourceType?: string;
  requestedBy?: string;
  flagged: boolean;
  cleared: boolean;
};

/** What the plugin is built from: NodeBB, and where Countersign comes from. */
export type Parts = {
  core: Core;
  countersign: () => Promise<Pick<typeof import("countersign/gate"), "createGate" | "termsOf" | "publicOrigin" | "contentHash">>;
  express: () => Promise<Pick<typeof import("countersign/express"), "countersign">>;
  /** Replaces options of the gate, for tests. */
  gate?: Partial<GateOptions>;
};

export type { ApprovedPost, Gate, GateOptions, Notice, Outcome, SubmissionInput, WithdrawnPost };
