// The acts of deciding: a step is shown at once, then asked of the service, and taken back when it refuses.
import type { Answer, StepRequest } from "../api/client.js";
import type { PostDetail, Problem, Refusal, Step } from "../api/types.js";
import type { Bench } from "./bench.js";
import type { Places } from "./places.js";
import { conflictOf, type Dialog, type Notice, type State, type Undo } from "./state.js";
import { allowed, guess, MOVES_ON, undoable } from "./steps.js";

/** What goes with a step beside its name. */
export type Words = Pick<StepRequest, "comment" | "spans">;

/** The acts of deciding. */
export class Decisions {
  readonly #bench: Bench;
  readonly #places: Places;
  readonly #decided: () => void;
  /** How many decisions wait for their answer, and whether the last one is to be taken back as soon as it has one. */
  #underway = 0;
  #regretted = false;

  /** @param decided called after every decision: how many posts stand where has changed */
  constructor(bench: Bench, places: Places, decided: () => void) {
    this.#bench = bench;
    this.#places = places;
    this.#decided = decided;
  }

  get #state(): State {
    return this.#bench.state;
  }

  /** Whether the moderator may take a step on the open post now. The service has the last word. */
  may(step: Step): boolean {
    const { session, post, pending } = this.#state;
    if (!session || !post.detail || pending[post.detail.id] || conflictOf(this.#state)) return false;
    if (step === "undo") return undoable(post.detail, session.moderator, Date.now());
    return allowed(step, post.detail, session.moderator);
  }

  /** Claims the open post, or gives it back. */
  toggleClaim(): void {
    if (this.may("claim")) void this.take("claim");
    else if (this.may("release")) void this.take("release");
  }

  /** Takes a step on the open post, exactly as it was read, and goes on to the next one when that decides it. */
  async take(step: Step, words: Words = {}): Promise<void> {
    const { session, post } = this.#state;
    const before = post.detail;
    if (!session || !before || !this.may(step)) return;
    const following = MOVES_ON.includes(step) ? this.#places.following(before.id) : null;
    const after = guess(before, step, session.moderator.id, session.claimMs);
    this.#bench.dispatch({ type: "step/began", step, post: before, shown: after });
    if (following !== null) this.#places.select(following, "replace");
    const answer = await this.#send(step, before, words);
    if (answer.ok) this.#finish(step, answer.value);
    else this.#refused(step, before, answer.problem, following);
  }

  async #send(step: Step, { id, version, contentHash }: PostDetail, words: Words): Promise<Answer<PostDetail>> {
    this.#underway++;
    const answer = await this.#bench.client.take({ id, step, version, contentHash, ...words });
    this.#underway--;
    if (!answer.ok) this.#regretted = false;
    return answer;
  }

  #finish(step: Step, detail: PostDetail): void {
    this.#bench.dispatch({ type: "step/done", detail });
    const once = step === "approve" && detail.state !== "approved";
    const words = once ? "done.approve-once" : (`done.${step}` as const);
    this.#bench.dispatch({ type: "notice/shown", notice: { tone: "good", words, post: detail.id } });
    if (detail.undo?.by === this.#state.session?.moderator.id) this.offerUndo([detail]);
    if (MOVES_ON.includes(step)) this.#decided();
    if (this.#regretted) void this.undo();
  }

  /** Offers to take back what was just decided, for as long as the forum allows. */
  offerUndo(posts: Undo["posts"]): void {
    const undoMs = this.#state.session?.undoMs ?? 0;
    if (posts.length && undoMs > 0) this.#bench.dispatch({ type: "undo/offered", undo: { posts, until: Date.now() + undoMs } });
  }

  /** Too late when the post is another one by now; otherwise the service's reason is the answer. */
  #refused(step: Step, before: PostDetail, problem: Problem, following: string | null): void {
    const { current } = problem;
    const late = current && (current.version !== before.version || current.contentHash !== before.contentHash);
    if (!late) {
      this.#fail(step, before, problem);
      return;
    }
    this.#bench.dispatch({ type: "step/late", step, before, current });
    const idle = this.#state.cursor === following && this.#state.dialog === null;
    if (idle) this.#places.select(before.id, "replace");
    else if (this.#state.cursor !== before.id)
      this.#bench.dispatch({
        type: "notice/shown",
        notice: { tone: "bad", words: "conflict.title", detail: before.title, post: before.id },
      });
  }

  #fail(step: Step, post: PostDetail, problem: Problem): void {
    const detail = this.#bench.problem(problem);
    const words = problem.status === 0 ? "notice.unreachable" : (`failed.${step}` as const);
    const notice: Notice = { tone: "bad", words, detail, post: post.id };
    this.#bench.dispatch({ type: "step/failed", id: post.id, notice });
  }

  /** Publishes the open post without `spans`; the form stays open until the rest was judged, for it may still hold something. */
  async redact(spans: NonNullable<Words["spans"]>, comment?: string): Promise<Refusal | null> {
    const { post } = this.#state;
    const before = post.detail;
    if (!before || !this.may("redact")) return null;
    const { id } = before;
    const answer = await this.#send("redact", before, { spans, ...(comment ? { comment } : {}) });
    if (!answer.ok && answer.problem.current) this.#refused("redact", before, answer.problem, null);
    if (!answer.ok) return answer.problem;
    const following = this.#places.following(id);
    this.#bench.dispatch({ type: "dialog/closed" });
    this.#finish("redact", answer.value);
    if (following !== null && this.#state.cursor === id) this.#places.select(following, "replace");
    return null;
  }

  /** Takes back one's own last decision, all of it when it was one on many posts; one that is on its way, once it has its answer. */
  async undo(): Promise<void> {
    const { undo, post } = this.#state;
    this.#regretted = this.#underway > 0;
    if (this.#regretted) return;
    const offered = undo && undo.until > Date.now() ? undo.posts : null;
    const posts = offered ?? (post.detail && this.may("undo") ? [post.detail] : []);
    if (posts.length === 0) return;
    this.#bench.dispatch({ type: "notice/cleared" });
    const answers = await Promise.all(
      posts.map(({ id, version, contentHash }) => this.#bench.client.take({ id, step: "undo", version, contentHash })),
    );
    for (const answer of answers) if (answer.ok) this.#bench.dispatch({ type: "step/done", detail: answer.value });
    this.#tellUndone(
      answers.length,
      answers.flatMap((answer) => (answer.ok ? [] : [answer.problem])),
    );
    const [first] = answers;
    if (answers.length === 1 && first?.ok) this.#places.select(first.value.id, "replace");
    this.#decided();
  }

  #tellUndone(count: number, problems: readonly Problem[]): void {
    const [first] = problems;
    const notice: Notice = first
      ? { tone: "bad", words: "failed.undo", detail: this.#bench.problem(first) }
      : { tone: "good", words: count === 1 ? "done.undo" : "done.undo.many", values: { count } };
    this.#bench.dispatch({ type: "notice/shown", notice });
  }

  /** Reads the post as it stands after a step came too late. */
  reload(): void {
    const { cursor } = this.#state;
    if (cursor) this.#bench.dispatch({ type: "conflict/read", id: cursor });
  }

  /** Opens the form of a decision. */
  ask(dialog: Extract<Dialog, Step>): void {
    if (this.may(dialog)) this.#bench.dispatch({ type: "dialog/opened", dialog });
  }

  /** Approves at once, or asks first when the worst finding is critical or nothing could be read. */
  approve(): void {
    const severity = this.#state.post.detail?.severity;
    if (severity === "critical" || severity === null) this.ask("approve");
    else void this.take("approve");
  }
}
