/**
 * Who is signed in. A session is a random secret in a cookie; the store has its hash, who it is, and when it ends.
 */
import type { Moderator } from "../api/schema.js";
import { append } from "../audit/chain.js";
import type { Context } from "../context.js";
import { ABSOLUTE_MS, IDLE_MS, type SignIn } from "./options.js";
import { hashed, secret } from "./secret.js";

/** How somebody signed in. */
export type Means = "oidc" | "link";

/** Signed-in moderators. */
export class Sessions {
  #context: Context;
  #idleMs: number;
  #absoluteMs: number;
  #roleOf: SignIn["roleOf"];

  constructor(context: Context, { idleMs = IDLE_MS, absoluteMs = ABSOLUTE_MS, roleOf }: SignIn) {
    this.#context = context;
    this.#idleMs = idleMs;
    this.#absoluteMs = absoluteMs;
    this.#roleOf = roleOf;
  }

  /** Seconds a session lasts at most. */
  get seconds(): number {
    return Math.floor(this.#absoluteMs / 1000);
  }

  #from(ms: number) {
    return new Date(this.#context.now().getTime() + ms).toISOString();
  }

  async #log(actor: string, action: string, detail: Record<string, unknown>) {
    const { db, now, changed } = this.#context;
    const at = now().toISOString();
    await db.transaction().execute((queries) => append(queries, [{ at, actor, action, postId: null, detail }]));
    changed.ring();
  }

  /**
   * Starts a session: always a new secret, so that none that was planted before can become somebody's.
   *
   * @returns the cookie's value; it is nowhere else
   */
  async start(moderator: Moderator, means: Means): Promise<string> {
    const { db, log } = this.#context;
    const token = secret();
    await this.#sweep();
    const row = {
      id: hashed(token),
      moderator: JSON.stringify(moderator),
      until: this.#from(this.#idleMs),
      ends: this.#from(this.#absoluteMs),
    };
    await db.insertInto("sessions").values(row).execute();
    await this.#log(moderator.id, "signed-in", { means, role: moderator.role });
    log.log("info", "session/started", { moderator: moderator.id, means });
    return token;
  }

  /** Who a cookie's value stands for, with the role they have now; null when nobody. */
  async find(token: string): Promise<Moderator | null> {
    const { db, now } = this.#context;
    const id = hashed(token);
    const row = await db.selectFrom("sessions").selectAll().where("id", "=", id).executeTakeFirst();
    if (row === undefined) return null;
    const moderator: Moderator = JSON.parse(row.moderator);
    const at = now().toISOString();
    if (row.until <= at || row.ends <= at) return this.#drop(id);
    const role = this.#roleOf === undefined ? moderator.role : await this.#roleOf(moderator);
    if (role === null) {
      await this.#log(moderator.id, "signed-out", { why: "role-withdrawn" });
      return this.#drop(id);
    }
    await this.#touch(id, row.until);
    return { ...moderator, role };
  }

  async #drop(id: string): Promise<null> {
    await this.#context.db.deleteFrom("sessions").where("id", "=", id).execute();
    return null;
  }

  /** Moves the idle end on, but not at every request: most of them then read only. */
  async #touch(id: string, until: string) {
    const next = this.#from(this.#idleMs);
    if (Date.parse(next) - Date.parse(until) < this.#idleMs / 20) return;
    await this.#context.db.updateTable("sessions").set({ until: next }).where("id", "=", id).execute();
  }

  /** Ends a session. */
  async end(token: string): Promise<void> {
    const { db, log } = this.#context;
    const gone = await db.deleteFrom("sessions").where("id", "=", hashed(token)).returning("moderator").executeTakeFirst();
    if (gone === undefined) return;
    const { id }: Moderator = JSON.parse(gone.moderator);
    await this.#log(id, "signed-out", { why: "asked" });
    log.log("info", "session/ended", { moderator: id });
  }

  /** Notes that somebody the provider knows was not let in. */
  async refused(actor: string, reason: string): Promise<void> {
    await this.#log(actor, "sign-in-refused", { reason });
  }

  async #sweep() {
    const { db, now } = this.#context;
    const at = now().toISOString();
    for (const table of ["sessions", "links", "signIns"] as const) await db.deleteFrom(table).where("until", "<=", at).execute();
  }
}
