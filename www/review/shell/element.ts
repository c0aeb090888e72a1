// What the page's elements share: the state, the desk and the reader's language.
import { LitElement } from "lit";
import { property } from "lit/decorators.js";
import { type Key, say, word } from "../locale/locale.js";
import type { Desk } from "../state/desk.js";
import type { State } from "../state/state.js";
import { plain } from "./held.js";

/** An element of the page. It renders into the page itself, so that names and descriptions reach across elements. */
export abstract class DeskElement extends LitElement {
  @property({ attribute: false }) desk!: Desk;
  @property({ attribute: false }) state!: State;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** A sentence in the reader's language. Somebody else's words in it hide nothing. */
  protected t(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
    const shown = Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? plain(value) : value]);
    return say(this.state.settings.locale, key, Object.fromEntries(shown));
  }

  /** A word for one of the service's own names. */
  protected w(prefix: string, name: string): string {
    return plain(word(this.state.settings.locale, prefix, name));
  }
}
