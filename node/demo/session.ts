/**
 * Who is asking: a person by session cookie, the agent by bearer token or by a signed request.
 *
 * There are no passwords: anybody may view the demo as anybody, which is why it only listens on this machine.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Identity } from "../index.js";
import { AGENT, PEOPLE } from "./people.js";
import type { Person } from "./shapes.js";

/** Somebody, and how that is known. */
export interface Caller {
  person: Person;
  auth: "session" | "token" | "signature";
  /** What the gate found about a signed request. */
  identity?: Identity;
}

const COOKIE = "countersign-demo";
const MAX_SESSIONS = 1000;
const digest = (text: string) => createHash("sha256").update(text).digest();

function cookie(request: Request): string | undefined {
  const pairs = (request.headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
}

/** The sessions of this process. */
export class Sessions {
  /** The agent's secret, new at each start. */
  readonly agentToken = randomBytes(24).toString("base64url");
  readonly #tokenDigest = digest(this.agentToken);
  readonly #people = new Map<string, string>();

  /** Starts viewing as `person`; answers the `Set-Cookie` value. */
  start(person: Person): string {
    const id = randomBytes(24).toString("base64url");
    this.#people.set(id, person.id);
    const oldest = this.#people.keys().next();
    if (this.#people.size > MAX_SESSIONS && !oldest.done) this.#people.delete(oldest.value);
    return `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Strict; Max-Age=86400`;
  }

  /** Who sent `request`; null when nobody known did. */
  caller(request: Request): Caller | null {
    const bearer = /^Bearer (\S+)$/iu.exec(request.headers.get("authorization") ?? "")?.[1];
    if (bearer !== undefined) return this.#agent(bearer);
    const person = PEOPLE.get(this.#people.get(cookie(request) ?? "") ?? "");
    return person ? { person, auth: "session" } : null;
  }

  #agent(bearer: string): Caller | null {
    const agent = PEOPLE.get(AGENT);
    return agent && timingSafeEqual(digest(bearer), this.#tokenDigest) ? { person: agent, auth: "token" } : null;
  }
}
