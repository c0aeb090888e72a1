/* tslint:disable */
/* eslint-disable */
/**
 * A file of the organisation's own rules.
 */
export interface RuleFile {
    /**
     * What errors call it.
     */
    name: string;
    /**
     * Its text, in the format of `rules/`.
     */
    toml: string;
}

/**
 * A half-open range of UTF-16 code units.
 */
export interface Span {
    /**
     * The first unit.
     */
    start: number;
    /**
     * One past the last.
     */
    end: number;
}

/**
 * A line of a policy.
 */
export interface PolicyLine {
    /**
     * The file it stands in.
     */
    file: PolicyFile;
    /**
     * Its number, from 1.
     */
    line: number;
    /**
     * The key with its tables, such as `categories.ops.agent.finding`.
     */
    key: string;
    /**
     * What it says there; absent for a whole table.
     */
    value?: string;
}

/**
 * A permission-changing instruction found in a post.
 */
export interface Finding {
    /**
     * The rule that found it.
     */
    rule: string;
    /**
     * The rule's title.
     */
    title: string;
    /**
     * The rule's category.
     */
    category: string;
    /**
     * Which way it changes access.
     */
    direction: Direction;
    /**
     * How much harm it could do.
     */
    severity: Severity;
    /**
     * How the text stands to it.
     */
    stance: Stance;
    /**
     * The field it stands in: `body` or a key of `fields`.
     */
    field: string;
    /**
     * Where in that field, in UTF-16 code units.
     */
    span: Span;
    /**
     * The original characters of the span, shortened to 200.
     */
    excerpt: string;
    /**
     * The chain that led from the original characters to what was read, outermost first.
     */
    decoded: string[];
    /**
     * What it would do, in plain words.
     */
    why: string;
    /**
     * What to do instead.
     */
    safer: string;
    /**
     * ATT&CK techniques, CWEs and vendor documents.
     */
    references: string[];
    /**
     * The same for the same instruction wherever it appears: what an allow-list entry names.
     */
    fingerprint: string;
}

/**
 * A post already in the thread.
 */
export interface ThreadPost {
    /**
     * The host's id of the post.
     */
    id: string;
    /**
     * The id of the account it comes from.
     */
    author: string;
    /**
     * What the host knows that account to be.
     */
    kind?: AuthorKind;
    /**
     * The name people mention the account by.
     */
    handle?: string;
    /**
     * The host's groups and roles of the account.
     */
    groups?: string[];
    /**
     * When it was posted, RFC 3339.
     */
    at?: string;
    /**
     * When it was last edited, RFC 3339.
     */
    editedAt?: string;
    /**
     * The id of the account that last edited it; without it, an edited post is nobody's certain word.
     */
    editedBy?: string;
    /**
     * When it was deleted, RFC 3339.
     */
    deletedAt?: string;
    /**
     * The id of the post it answers.
     */
    replyTo?: string;
    /**
     * Its text, in Markdown.
     */
    body: string;
}

/**
 * A post handed over by the host, with what is needed to judge it.
 */
export interface Submission {
    /**
     * The host's name for this submission; answered back, never interpreted.
     */
    id?: string;
    /**
     * The post itself.
     */
    post: Post;
    /**
     * The thread it would appear in; absent when the post opens one.
     */
    thread?: Thread;
    /**
     * Grants the host side has already verified and not yet used up.
     */
    grants?: Grant[];
    /**
     * When this agent's posts of the last 24 hours were let through, RFC 3339; what the policy's caps count.
     */
    recent?: string[];
    /**
     * The time of the check, RFC 3339.
     */
    now: string;
}

/**
 * A signed, scoped, expiring, single-use permission for one agent to publish, already verified by the host side.
 */
export interface Grant {
    /**
     * The grant's own id.
     */
    id: string;
    /**
     * The agent it is for.
     */
    agent: string;
    /**
     * The human who gave it.
     */
    by: string;
    /**
     * The human the agent acts for.
     */
    onBehalfOf?: string;
    /**
     * The thread it is good in.
     */
    thread: string;
    /**
     * What it allows.
     */
    action: GrantAction;
    /**
     * From when it counts, RFC 3339.
     */
    notBefore: string;
    /**
     * Until when it counts, RFC 3339.
     */
    expires: string;
    /**
     * How many posts it is good for.
     */
    uses: number;
    /**
     * The only content it is good for.
     */
    contentHash?: string;
}

/**
 * A way into a forum.
 */
export type Channel = "web" | "api" | "email" | "federation" | "internal";

/**
 * An agent the forum knows.
 */
export interface Agent {
    /**
     * The id of its account.
     */
    id: string;
    /**
     * The names people call it by, without `@`.
     */
    handles?: string[];
    /**
     * The apps or tokens it posts with.
     */
    apps?: string[];
    /**
     * Who is responsible for it.
     */
    operator?: string;
    /**
     * Where it publishes its keys: an origin such as `https://agent.example`. Its signed requests then prove who it is.
     */
    signatureAgent?: string;
    /**
     * The only keys it may sign with, as JWK thumbprints (RFC 7638); any key it publishes when empty.
     */
    keys?: string[];
    /**
     * Whether nothing it writes is published until this is taken back.
     */
    paused?: boolean;
    /**
     * How many posts it may publish within an hour, instead of what `[rate]` says.
     */
    posts_per_hour?: number;
    /**
     * How many posts it may publish within a day, instead of what `[rate]` says.
     */
    posts_per_day?: number;
}

/**
 * How a post reached the host.
 */
export interface Client {
    /**
     * The way in.
     */
    channel?: Channel;
    /**
     * What the request was authenticated with.
     */
    auth?: Auth;
    /**
     * The app or token name, never the secret.
     */
    app?: string;
    /**
     * The `User-Agent` header.
     */
    userAgent?: string;
    /**
     * The agent whose signature the host side has verified.
     */
    verifiedAgent?: string;
}

/**
 * How a post was typed.
 */
export interface Composition {
    /**
     * Time between opening the composer and submitting, in milliseconds.
     */
    ms?: number;
    /**
     * Keys pressed.
     */
    keystrokes?: number;
    /**
     * UTF-16 code units pasted.
     */
    pastedChars?: number;
}

/**
 * How a text stands to an instruction in it.
 */
export type Stance = "advises" | "asks" | "warns" | "reports" | "quotes";

/**
 * How much harm an instruction could do, mildest first.
 */
export type Severity = "low" | "medium" | "high" | "critical";

/**
 * How well an origin is known.
 */
export type Basis = "verified" | "declared" | "suspected" | "none";

/**
 * One question the policy answered about a post.
 */
export interface Considered {
    /**
     * Whether it decided, asked for something milder, or did not apply.
     */
    outcome: Outcome;
    /**
     * Why it applied, or why not.
     */
    why: string;
    /**
     * The lines it went by, the most telling first.
     */
    lines: PolicyLine[];
}

/**
 * One reason for a verdict.
 */
export interface Reason {
    /**
     * A stable, documented code.
     */
    code: string;
    /**
     * A sentence for people.
     */
    message: string;
}

/**
 * One thing that spoke for an origin.
 */
export interface Evidence {
    /**
     * A stable name of the signal, such as `identity/account-kind`.
     */
    signal: string;
    /**
     * A sentence a moderator understands.
     */
    detail: string;
    /**
     * Where in the body it stands.
     */
    span?: Span;
}

/**
 * The account a post comes from.
 */
export interface Author {
    /**
     * The host's id of the account.
     */
    id: string;
    /**
     * The name people mention it by, without `@`.
     */
    handle?: string;
    /**
     * What the host knows the account to be.
     */
    kind?: AuthorKind;
    /**
     * The host's groups and roles of the account.
     */
    groups?: string[];
}

/**
 * The act that asked.
 */
export type Via = "mention" | "grant" | "reply" | "opt-in";

/**
 * The answer to `check`: a verdict, or what is wrong with the submission.
 */
export type Answer = { verdict: Verdict; explanation?: Explanation } | { error: string };

/**
 * The answer to a submission.
 */
export interface Verdict {
    /**
     * What the host must do.
     */
    action: Action;
    /**
     * Why, most decisive first.
     */
    reasons: Reason[];
    /**
     * Who wrote the words.
     */
    origin: Origin;
    /**
     * Whether a human asked for this post here.
     */
    request: Request;
    /**
     * Advised permission-changing instructions.
     */
    findings: Finding[];
    /**
     * The same with another stance: kept for moderators, never a reason to hold.
     */
    mentions: Finding[];
    /**
     * SHA-256 over every rendered field, `sha256-` and 64 hexadecimal digits.
     */
    contentHash: string;
    /**
     * How many different moderators have to approve it before it is published; one when absent.
     */
    approvals?: number;
    /**
     * What the policy's trial strictness would have found beyond `findings`; never acted on.
     */
    trial?: Trial;
    /**
     * What decided.
     */
    engine: EngineVersion;
}

/**
 * The notation a text is written in.
 */
export type Format = "markdown" | "html" | "plain";

/**
 * The thread a post would appear in.
 */
export interface Thread {
    /**
     * The host's id of the thread.
     */
    id: string;
    /**
     * Its title, which its first post's author wrote.
     */
    title?: string;
    /**
     * The id of the account that opened it.
     */
    author?: string;
    /**
     * The category or board.
     */
    category?: string;
    /**
     * The posts already there, oldest first.
     */
    posts?: ThreadPost[];
}

/**
 * The values of `data-ai-disclosure`.
 */
export type Disclosure = "none" | "ai-assisted" | "ai-generated" | "autonomous";

/**
 * What a grant allows.
 */
export type GrantAction = "reply" | "topic";

/**
 * What a request was authenticated with.
 */
export type Auth = "session" | "token" | "oauth" | "signature";

/**
 * What a trial of stricter rules came to: for whoever chooses the strictness, never a reason to do anything.
 */
export interface Trial {
    /**
     * What would have become of the post.
     */
    action: Action;
    /**
     * What the rules between the strictness and the trial strictness found.
     */
    findings: Finding[];
}

/**
 * What an author declares about a post.
 */
export interface Declared {
    /**
     * An IPTC digital source type, as its short name or its full address.
     */
    digitalSourceType?: string;
    /**
     * The `data-ai-disclosure` value.
     */
    disclosure?: Disclosure;
}

/**
 * What came of a question.
 */
export type Outcome = "decided" | "milder" | "idle";

/**
 * What decided.
 */
export interface EngineVersion {
    /**
     * The engine's version.
     */
    version: string;
    /**
     * A hash of the rules.
     */
    pack: string;
    /**
     * A hash of the policy.
     */
    policy: string;
}

/**
 * What somebody, or something, wants to publish.
 */
export interface Post {
    /**
     * The host's id of the post.
     */
    id?: string;
    /**
     * The id of the thread it belongs to.
     */
    thread?: string;
    /**
     * The id of the post it answers.
     */
    replyTo?: string;
    /**
     * When it was written, RFC 3339.
     */
    at?: string;
    /**
     * The text, in the notation `format` names.
     */
    body: string;
    /**
     * The notation of `body` and of every field.
     */
    format?: Format;
    /**
     * Every other text that will be rendered with the post, by name: title, tags, signature, handle.
     */
    fields?: Record<string, string>;
    /**
     * The account it is posted from.
     */
    author: Author;
    /**
     * The human whose account or request the agent acts for.
     */
    onBehalfOf?: string;
    /**
     * How it reached the host.
     */
    client?: Client;
    /**
     * How it was typed.
     */
    composition?: Composition;
    /**
     * What the author declares about it.
     */
    declared?: Declared;
    /**
     * The content hash of the version this one edits.
     */
    revises?: string;
}

/**
 * What the host knows an account to be.
 */
export type AuthorKind = "human" | "agent" | "service" | "unknown";

/**
 * What the host must do, mildest first.
 */
export type Action = "publish" | "label" | "flag" | "hold" | "block";

/**
 * What there is to say about a rule.
 */
export interface Rule {
    /**
     * Its id, such as `shell/selinux-off`.
     */
    id: string;
    /**
     * Its title.
     */
    title: string;
    /**
     * Its category.
     */
    category: string;
    /**
     * The strictness, 1 to 4, from which it applies.
     */
    level: number;
    /**
     * What the instruction would do; `<name|otherwise>` stands for a part of it.
     */
    why: string;
    /**
     * What to do instead.
     */
    safer: string;
    /**
     * Its sources.
     */
    references: string[];
}

/**
 * Whether a human asked for this agent's post here.
 */
export interface Request {
    /**
     * The answer.
     */
    status: RequestStatus;
    /**
     * The act that counted.
     */
    via?: Via;
    /**
     * Who asked.
     */
    by?: string;
    /**
     * The post it was asked in.
     */
    post?: string;
    /**
     * Which act counted, or why none did.
     */
    why: string;
}

/**
 * Whether a human asked.
 */
export type RequestStatus = "requested" | "unrequested" | "not-applicable";

/**
 * Which file a line stands in.
 */
export type PolicyFile = "own" | "default";

/**
 * Which way an instruction changes access.
 */
export type Direction = "widens" | "narrows" | "shifts";

/**
 * Who wrote the words of a post.
 */
export interface Origin {
    /**
     * The writer.
     */
    label: OriginLabel;
    /**
     * How well that is known. Only `verified` and `declared` may be shown in public.
     */
    basis: Basis;
    /**
     * The agent, where one is known.
     */
    agent?: string;
    /**
     * The human it acts for, where one is known.
     */
    onBehalfOf?: string;
    /**
     * The IPTC digital source type, where one follows.
     */
    digitalSourceType?: string;
    /**
     * What spoke for it, strongest first.
     */
    evidence: Evidence[];
}

/**
 * Who wrote the words.
 */
export type OriginLabel = "agent" | "assisted" | "service" | "human" | "unknown";

/**
 * Why the policy decided what it did.
 */
export interface Explanation {
    /**
     * The author table the post falls under, such as `agent`.
     */
    author: string;
    /**
     * How people call such an author.
     */
    called: string;
    /**
     * Every question the policy answered about the post, the one that decided first.
     */
    clauses: Considered[];
}


/**
 * Rules and policy, ready to judge posts.
 */
export class Engine {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * The agents the policy registers.
     */
    agents(): Agent[];
    /**
     * Judges a submission.
     */
    check(submission: Submission): Answer;
    /**
     * Judges a submission and says which lines of the policy decided.
     */
    explain(submission: Submission): Answer;
    /**
     * An engine with `policy` (TOML), or the default policy, and with the organisation's own rules beside the shipped ones.
     *
     * # Errors
     * An `Error` whose message says what is wrong with the policy or the rules, where, and what to do.
     */
    constructor(policy: string | null | undefined, rules: RuleFile[] | null);
    /**
     * What there is to say about each rule.
     */
    rules(): Rule[];
    /**
     * The versions of engine, rules and policy.
     */
    version(): EngineVersion;
}

