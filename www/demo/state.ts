/**
 * Who is viewing and where: the one state all parts of the page share.
 */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { api, type Person } from "./api.js";

/** A place in the forum. */
export type Place =
  | { page: "threads" }
  | { page: "thread"; id: string }
  | { page: "search"; words: string }
  | { page: "inbox" }
  | { page: "missing" };

/** Reads an address. */
export function placeOf(address: URL): Place {
  const { pathname } = address;
  if (pathname === "/") return { page: "threads" };
  if (pathname === "/search") return { page: "search", words: address.searchParams.get("q") ?? "" };
  if (pathname === "/inbox") return { page: "inbox" };
  const id = /^\/t\/([\w-]+)$/u.exec(pathname)?.[1];
  return id === undefined ? { page: "missing" } : { page: "thread", id };
}

class ForumState extends EventTarget {
  person: Person | null = null;
  people: Person[] = [];
  place: Place = placeOf(new URL(location.href));
  /** Goes up whenever something may have been posted: lists load again. */
  version = 0;

  constructor() {
    super();
    addEventListener("popstate", () => this.#arrive());
  }

  /** Loads who is viewing; a first visitor views as Dana. */
  async begin(): Promise<void> {
    const session = await api.session();
    const person = session.ok ? session.value.person : null;
    if (person && session.ok) this.#set(person, session.value.people);
    else await this.viewAs("dana");
  }

  /** Views as somebody else. */
  async viewAs(id: string): Promise<void> {
    if (this.person?.id === id) return;
    const session = await api.viewAs(id);
    if (session.ok) this.#set(session.value.person, session.value.people);
  }

  #set(person: Person, people: Person[]): void {
    Object.assign(this, { person, people });
    this.changed();
  }

  /** Goes to `path` without loading the page again. */
  go(path: string): void {
    if (path !== location.pathname + location.search) history.pushState(null, "", path);
    this.#arrive();
  }

  #arrive(): void {
    this.place = placeOf(new URL(location.href));
    this.changed();
  }

  /** Tells everybody to look again. */
  changed(): void {
    this.version += 1;
    this.dispatchEvent(new Event("change"));
  }
}

/** The page's state. */
export const forum = new ForumState();

/** Renders its host again on each change of the state; `loaded` runs first, for what has to be fetched. */
export class Follow implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #load: () => void;

  constructor(host: ReactiveControllerHost, load: () => void = () => undefined) {
    this.#host = host;
    this.#load = load;
    host.addController(this);
  }

  readonly #onChange = (): void => {
    this.#load();
    this.#host.requestUpdate();
  };

  hostConnected(): void {
    forum.addEventListener("change", this.#onChange);
    this.#load();
  }

  hostDisconnected(): void {
    forum.removeEventListener("change", this.#onChange);
  }
}
